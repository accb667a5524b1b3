import type { Readable } from 'node:stream'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import type { Database } from '#platform/database.ts'
import type { RuleReason } from '#platform/errors.ts'
import type { Files } from '#platform/files.ts'
import type { Network } from '#platform/network.ts'
import type { Scope } from '#platform/scope.ts'
import type { Range } from '#platform/shelf.ts'

/** `leads:read` and the like; `session` anybody who is signed in and `admin` a signed-in admin, never a key. */
export type Permission = `${string}:${'read' | 'write'}` | 'session' | 'admin'

/** What the operator decided, as far as a route must know, and the way to the outside. */
export type Operator = {
  secret(): string
  allowPrivateWebhooks: boolean
  /** Meta's Graph API, and where Meta keeps media: the only places that see a token. */
  graph: { url: string; version: string; mediaOrigins: string[] }
  network: Network
  /** What people sent, as files. */
  files: Files
}

export type Context<P, Q, B> = {
  scope: Scope
  params: P
  query: Q
  body: B
  /** Does the caller also have this permission? Relations that it lacks are left out. */
  can: (permission: Permission) => boolean
  /** The address that was asked for, with its query. */
  url: string
  /** Where people reach this server, without a slash at the end. */
  publicUrl: string
  operator: Operator
  /** The caller's session, when it is a person. */
  session: string | null
}

/** What a route knows of a caller who is nobody yet. */
export type PublicContext<B> = { database: Database; body: B; ip: string; publicUrl: string }

type In = TObject | undefined
type Out = Record<string, TSchema>
type Of<S> = S extends TSchema ? Static<S> : Record<string, never>
type Body<A extends Out> = Static<TObject<A>>

export type Declared<P extends In, Q extends In, B extends In, A extends Out> = {
  permission: Permission
  summary: string
  description?: string
  params?: P
  query?: Q
  body?: B
  /** What comes beside `success: true`. */
  answer: A
  /** An answer as a client will see it, and a body that leads to it. */
  example: Body<A>
  bodyExample?: unknown
  /** Status of success; 200 unless said. */
  status?: 200 | 201
  /** A second status of success, chosen by the handler with `answer`. */
  alsoStatus?: 200 | 201
  /** Business rules that this route may refuse with, by name in the documentation. */
  rules?: RuleName[]
  /** It asks a provider while the client waits, and may answer with the provider's refusal. */
  asksProvider?: true
  headers?: Record<string, string>
  /** Its answer shows a secret once, so no copy of it is kept: an `Idempotency-Key` is not heeded. */
  showsSecret?: true
  /** It answers with Server-Sent Events until the client hangs up; `answer` is what each of them says. */
  isStream?: true
  /** It answers with a file. */
  isFile?: true
}
/** A rule by its `reason`, or by the flag or word that the contract has in its place. */
export type RuleName = RuleReason | 'blocked' | 'limit_reached' | 'window_closed' | 'not_sent'

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  tag: string
  operationId: string
  permission: Permission | 'public'
  handler: (context: Context<never, never, never>) => Promise<object>
  /** In the place of `handler` where the permission is `public`. */
  publicHandler?: (context: PublicContext<never>) => Promise<object>
  answer: TObject
} & Omit<Declared<In, In, In, Out>, 'answer' | 'permission'>

/** An answer that chooses its own status or headers. */
export class Answer {
  readonly body: object
  readonly status: number | undefined
  readonly headers: Record<string, string>
  constructor(body: object, options: { status?: number; headers?: Record<string, string> } = {}) {
    this.body = body
    this.status = options.status
    this.headers = options.headers ?? {}
  }
}

/** What a handler does when its transaction is over, such as asking the network.
 *
 * `meanwhile` is what a repeated request is told if this process dies before `work` is done.
 */
export class Afterwards {
  readonly meanwhile: object
  readonly work: (scope: Scope) => Promise<object>
  constructor(meanwhile: object, work: (scope: Scope) => Promise<object>) {
    this.meanwhile = meanwhile
    this.work = work
  }
}

/** One line for each route of a domain: operation id, method and path, what it needs, what it does. */
export function route<P extends In, Q extends In, B extends In, A extends Out>(
  operationId: string,
  methodAndPath: `${Route['method']} /${string}`,
  declared: Declared<P, Q, B, A>,
  handler: (context: Context<Of<P>, Of<Q>, Of<B>>) => Promise<Body<A> | Answer | Afterwards>,
): Omit<Route, 'tag'> {
  const [method, path] = methodAndPath.split(' ') as [Route['method'], string]
  const answer = Type.Object({ success: Type.Literal(true), ...declared.answer })
  const example = { success: true, ...declared.example }
  return { operationId, method, path, handler, ...declared, answer, example } as unknown as Omit<Route, 'tag'>
}

/** A route that tells what happens as it happens: http/stream.ts answers it. */
export function streamRoute<A extends Out>(
  operationId: string,
  path: `/${string}`,
  declared: Pick<Declared<In, In, In, A>, 'permission' | 'summary' | 'description' | 'answer' | 'example'>,
): Omit<Route, 'tag'> {
  const answer = Type.Object(declared.answer)
  return { operationId, method: 'GET', path, ...declared, answer, isStream: true } as unknown as Omit<
    Route,
    'tag'
  >
}

/** A file that a stranger made. */
export type StoredFile = {
  sizeBytes: number
  /** In hex. */
  sha256: string
  mimeType: string | null
  filename: string | null
  open: (range?: Range) => Promise<Readable | null>
}

/** A route that answers with a file: http/file.ts sends it. */
export function fileRoute<P extends In>(
  operationId: string,
  path: `/${string}`,
  declared: Pick<Declared<P, In, In, Out>, 'permission' | 'summary' | 'description' | 'params'>,
  handler: (context: Context<Of<P>, Of<undefined>, Of<undefined>>) => Promise<StoredFile>,
): Omit<Route, 'tag'> {
  const rest = { answer: Type.Object({}), example: {}, isFile: true, handler }
  return { operationId, method: 'GET', path, ...declared, ...rest } as unknown as Omit<Route, 'tag'>
}

/** A route for people who are not signed in yet: outside of every account, and in no transaction of its own. */
export function publicRoute<B extends In, A extends Out>(
  operationId: string,
  methodAndPath: `${Route['method']} /${string}`,
  declared: Omit<Declared<undefined, undefined, B, A>, 'permission'>,
  publicHandler: (context: PublicContext<Of<B>>) => Promise<Body<A> | Answer>,
): Omit<Route, 'tag'> {
  const { handler, ...rest } = route(
    operationId,
    methodAndPath,
    { ...declared, permission: 'session' },
    publicHandler as never,
  )
  return { ...rest, permission: 'public', publicHandler: handler } as unknown as Omit<Route, 'tag'>
}

export const tagged = (tag: string, routes: Omit<Route, 'tag'>[]): Route[] =>
  routes.map((each) => ({ tag, ...each }) as Route)
