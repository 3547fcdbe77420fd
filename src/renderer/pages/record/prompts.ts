/** The prompts a person typed: one a line, empty lines left out, composed (NFC) as labels are. */
export function promptsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().normalize('NFC'))
    .filter((line) => line !== '')
}

/** The prompts in random order (Fisher-Yates), leaving the list as it is. */
export function shuffled(prompts: readonly string[], random: () => number = Math.random): string[] {
  const order = [...prompts]
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}
