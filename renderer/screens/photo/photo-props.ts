import type { Output } from '../../client/client.ts'

export type PhotoList = Output<'photo.list'>
export type KeptPhoto = PhotoList['photos'][number]
