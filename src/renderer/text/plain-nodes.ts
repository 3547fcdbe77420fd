import { plain } from '../../shared/plain.ts'

/** Attributes that a person reads or hears. What is typed into a field is theirs, and stays as it is. */
const SPOKEN = ['title', 'aria-label', 'alt', 'placeholder']

/**
 * Keeps every text of the page plain: before anything is drawn, signs that do something instead of showing are written
 * out, whatever the name came from. Gives back how to stop.
 */
export function keepPlain(root: Node): () => void {
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === 'characterData') makePlain(target)
      else if (type === 'attributes') makeAttributePlain(target as Element, attributeName ?? '')
      else for (const node of addedNodes) makeTreePlain(node)
    }
  })
  makeTreePlain(root)
  observer.observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: SPOKEN,
  })
  return () => observer.disconnect()
}

function makeTreePlain(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node: Node | null = root; node !== null; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) makePlain(node)
    else if (node instanceof Element) for (const name of SPOKEN) makeAttributePlain(node, name)
  }
}

function makePlain(node: Node): void {
  const text = node.nodeValue ?? ''
  // What is typed in there is a person's own, and would be changed under their hands.
  if (node.parentNode?.nodeName === 'TEXTAREA') return
  const shown = plain(text)
  if (shown !== text) node.nodeValue = shown
}

function makeAttributePlain(element: Element, name: string): void {
  const text = element.getAttribute(name)
  if (text === null) return
  const shown = plain(text)
  if (shown !== text) element.setAttribute(name, shown)
}
