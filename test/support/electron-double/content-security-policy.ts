/** The policy of a reply as a record, directive by directive; its order means nothing. */
export function contentSecurityPolicyParts(headers: ReadonlyMap<string, string>): Record<string, string> {
  const policy = headers.get('content-security-policy') ?? ''
  return Object.fromEntries(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ')
      return [name, sources.join(' ')]
    }),
  )
}
