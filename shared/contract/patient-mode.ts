export const patientMode = {}
