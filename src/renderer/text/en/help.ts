import type { PageName } from '../../state/route.svelte.ts'

/** What a page is for, in a minute: what one does on it, in order. */
export interface PageHelp {
  about: string
  steps: string[]
  hint?: string
}

const pages: Record<PageName, PageHelp> = {
  devices: {
    about: 'Connect a pen here. All other pages use the pens that are open.',
    steps: [
      'Plug the pen in. It appears in the list; “Open” begins to read it.',
      'Watch the signal: it has to move when you move the pen.',
      'Calibrate the pen once, so that its values are right. The app leads you through it.',
      'No pen at hand? Add a virtual pen. What it writes is marked as virtual everywhere.',
    ],
    hint: 'The system check at the bottom shows what this machine has and what it lacks.',
  },
  record: {
    about: 'Record a person who writes given words: a session.',
    steps: [
      'Choose who writes, or create a new writer under a pseudonym.',
      'Choose a protocol, a list of words, or type words of your own.',
      'Start. The word to write is shown large; write it, then rest the pen or press Space.',
      'The quality of each word is checked at once. Backspace discards the last one and asks for it again.',
    ],
    hint:
      'The writer can see the words on a screen of their own. Everything is saved as soon as it is recorded, even ' +
      'if the power fails.',
  },
  recordings: {
    about: 'Everything that was recorded or imported, to look through and to correct.',
    steps: [
      'Filter the table by writer, label, quality, pen or file.',
      'Click a row to see its signal. There you can change its label, trim it, split it, or leave it out.',
      'Every change can be undone with Ctrl+Z. The recorded samples are never lost.',
      'Import files from elsewhere, or export recordings for other programs.',
    ],
    hint: 'The overview shows how much there is of each writer, and what is missing.',
  },
  train: {
    about: 'Let a model learn from recordings with labels.',
    steps: [
      'Choose the recordings: all, or those of a writer, a pen, a file.',
      'The settings suit a first try. On the right you see what the model would be trained on, and what is left ' +
        'out and why.',
      'Start. Under Runs you see how it goes; you may close the page meanwhile.',
      'Finished ones appear under Models. Evaluate one on recordings it was not trained on.',
    ],
    hint: 'CER is the share of letters that are read wrong: less is better.',
  },
  recognise: {
    about: 'Write, and see what the model reads.',
    steps: [
      'Choose a pen, a writer and a model. Then start to read.',
      'Write a word and rest the pen: the word appears.',
      'A word that is wrong can be corrected. Corrections are saved as recordings, so that a model can learn ' +
        'from them.',
      'The reading settings say how words are separated, and whether a word list helps.',
    ],
  },
  adapt: {
    about: 'Fine-tune a model to the handwriting of one writer.',
    steps: [
      'Choose the writer. Some dozens of their recordings with labels are enough.',
      'Start. The model learns their handwriting without forgetting that of others.',
      'Compare: how well did it read this writer before, and how well does it now?',
      'If it is better, use that version for the writer. You can go back at any time.',
    ],
  },
  protocols: {
    about: 'A protocol says what is written in a session, so that all sessions are the same.',
    steps: [
      'Create a protocol, or start from one that ships.',
      'Put blocks of words together, with instructions, questions and breaks.',
      'Check the preview: it shows what a writer is going to see.',
      'Choose it on the Record page.',
    ],
    hint: 'Each change makes a new version. Every recording keeps the version it was recorded with.',
  },
  settings: {
    about: 'How Kalamos looks, where your data are, and how to keep them safe.',
    steps: [
      'Choose language and colours.',
      'Back up everything into a folder, best on another disk. You may go on recording meanwhile.',
      'Restore a backup: the present data are moved to a folder next to it.',
      'The log says what happened; attach it when you report a fault.',
    ],
  },
}

export const help = {
  help: {
    open: 'What is this page for?',
    title: (page: string) => `Help: ${page}`,
    keys: 'opens this help on every page,',
    shortcuts: 'lists all keys.',
    pages,
  },
}
