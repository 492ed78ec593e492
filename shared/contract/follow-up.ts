export const followUp = {}
