import type { contract } from '../../shared/contract/index.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { Handlers } from '../app/context.ts'

export const fileHandlers = {
  begin: async (context) => accept({ token: context.services.uploads.begin(context.connection.connectionId) }),

  append: async (context, input) => {
    const part = Buffer.from(input.base64, 'base64')
    const bytes = context.services.uploads.append(context.connection.connectionId, input.token, part)
    return bytes === null ? refuse('FILE_TOO_LARGE') : accept({ bytes })
  },
} satisfies Handlers<typeof contract.file>
