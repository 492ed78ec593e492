import { readdirSync, readFileSync } from 'node:fs'
import { parseSync, type TsInterfaceDeclaration, type TsType, type TsTypeElement } from '@swc/core'

export type TypedColumn = { readonly isNumber: boolean; readonly isNullable: boolean }
type ColumnsByName = Readonly<Record<string, TypedColumn>>

/**
 * Tables and columns as the row types in `db/tables` declare them, read from their source: types are gone at run time,
 * and a list beside them would have to be held true by hand.
 */
export function readTableTypes(): Readonly<Record<string, ColumnsByName>> {
  const folder = new URL('../../db/tables/', import.meta.url)
  const interfaces = new Map<string, TsInterfaceDeclaration>()
  const interfaceByTable = new Map<string, string>()
  for (const name of readdirSync(folder)) {
    const { body } = parseSync(readFileSync(new URL(name, folder), 'utf8'), { syntax: 'typescript' })
    for (const item of body) {
      const declaration = item.type === 'ExportDeclaration' ? item.declaration : item
      if (declaration.type === 'TsInterfaceDeclaration') interfaces.set(declaration.id.value, declaration)
      if (declaration.type === 'TsTypeAliasDeclaration' && declaration.id.value.endsWith('Tables'))
        for (const [table, type] of listTables(declaration.typeAnnotation)) interfaceByTable.set(table, type)
    }
  }
  return Object.fromEntries(
    [...interfaceByTable].map(([table, type]) => [table, Object.fromEntries(columnsOf(type, interfaces))]),
  )
}

function listTables(type: TsType): readonly (readonly [table: string, interfaceName: string])[] {
  if (type.type !== 'TsTypeLiteral') throw new Error('a list of tables is an object type')
  return type.members.map((member) => {
    const { name, type: rowType } = propertyOf(member)
    if (rowType.type !== 'TsTypeReference' || rowType.typeName.type !== 'Identifier')
      throw new Error(`${name} names no row type`)
    return [name, rowType.typeName.value]
  })
}

function columnsOf(name: string, interfaces: ReadonlyMap<string, TsInterfaceDeclaration>): [string, TypedColumn][] {
  const declaration = interfaces.get(name)
  if (!declaration) throw new Error(`no interface ${name}`)
  const inherited = declaration.extends.flatMap(({ expression }) => {
    if (expression.type !== 'Identifier') throw new Error(`${name} extends what is no interface`)
    return columnsOf(expression.value, interfaces)
  })
  const own = declaration.body.body.map((member): [string, TypedColumn] => {
    const { name: column, type } = propertyOf(member)
    return [column, { isNumber: isNumber(type), isNullable: isNullable(type) }]
  })
  return [...inherited, ...own]
}

function propertyOf(member: TsTypeElement): { name: string; type: TsType } {
  if (member.type !== 'TsPropertySignature' || member.key.type !== 'Identifier' || !member.typeAnnotation)
    throw new Error('a row type has plain columns only')
  if (member.optional) throw new Error(`column ${member.key.value} is optional; a column is there or null`)
  return { name: member.key.value, type: member.typeAnnotation.typeAnnotation }
}

function isNullable(type: TsType): boolean {
  return partsOf(type).some((part) => part.type === 'TsKeywordType' && part.kind === 'null')
}

/** Types of the domain that are numbers; every other name stands for text. */
const numberNames: readonly string[] = ['KeyRole', 'Grade']

function isNumber(type: TsType): boolean {
  return partsOf(type).some(
    (part) =>
      (part.type === 'TsKeywordType' && part.kind === 'number') ||
      (part.type === 'TsLiteralType' && part.literal.type === 'NumericLiteral') ||
      (part.type === 'TsTypeReference' &&
        part.typeName.type === 'Identifier' &&
        numberNames.includes(part.typeName.value)),
  )
}

function partsOf(type: TsType): readonly TsType[] {
  return type.type === 'TsUnionType' ? type.types.flatMap(partsOf) : [type]
}
