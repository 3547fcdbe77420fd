export const adapt = {}
