export const signOff = {}
