import { insertPacketGiven, makePacket } from '../../db/queries/packet.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { sha256Of } from '../../db/records.ts'
import { fingerprintOf } from '../../db/signing/ed25519.ts'
import type { contract } from '../../shared/contract/index.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { Handlers } from '../app/context.ts'

export const packetHandlers = {
  clinicKey: async ({ services }) => accept({ fingerprint: fingerprintOf(services.storeLife.open.clinicPublicKey) }),

  make: async (context, { patientId, recipient, purpose }) => {
    const { trx, caller, now, clinicSealer, services } = context
    const patient = await selectPatient(trx, patientId)
    if (!patient) return refuse('NOT_FOUND')
    const publicKey = services.storeLife.open.clinicPublicKey
    const packet = await makePacket(trx, clinicSealer, { patientId, publicKey, at: now })
    const text = canonicalJson(packet)
    const sha256 = sha256Of(text)
    const signatures = packet.entries.length + packet.unsealed.length
    const id = context.newId<string>()
    const given = { patientId, recipient, purpose, signatures, sha256, givenAt: now, givenBy: caller.staffId }
    await insertPacketGiven(trx, id, given)
    context.audit({ action: 'packet.make', subject: 'packet', subjectId: id, patientId })
    const bytes = Buffer.from(text, 'utf8')
    // A file name is read in places where a name does not belong.
    const fileName = `${patient.body.chartNumber.replaceAll(/[^A-Za-z0-9-]/g, '-')}-signed-packet.json`
    const token = context.giveFile({ mediaType: 'application/json', fileName, load: async () => bytes })
    return accept({ token, fileName, signatures, sha256 })
  },
} satisfies Handlers<typeof contract.packet>
