import { loadModule, type Node, parseSync, type SelectStmt } from 'libpg-query'

await loadModule()

/** Does this SQL keep to one account? Says what does not; nothing when all is well.
 *
 * In every query each account's table must be tied to the account: `alias.account_id = $1`, or equal to the
 * account_id of something that is tied. Rows are inserted with an account, and never change hands.
 */
export function accountMissing(sql: string, accountTables: Set<string>): string[] {
  const bytes = Buffer.from(sql)
  let from = 0
  return (parseSync(sql).stmts ?? []).flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
    // The parser's own start leaves out the comment before it.
    const text = bytes.subarray(from, length ? start + length : undefined).toString()
    from = start + (length ?? 0) + 1
    return acrossAccounts(text) ? [] : new Checking(accountTables).check(stmt!)
  })
}

/** The reason that a statement gives for looking at several accounts. */
export const acrossAccounts = (sql: string) => /^\s*-- across accounts: (.+)/.exec(sql)?.[1]?.trim()

/** What a query can name: its tables, the queries that it reads from, and the query around it. */
type Level = {
  tables: Map<string, string>
  derived: Set<string>
  conditions: Condition[]
  named: Set<string>
  outer: Level | null
}
/** One half of an AND; an outer join's ties only what it may leave out. */
type Condition = { expression: Node; ties: Set<string> | null }
type Tree = Record<string, unknown>

// These only shape or steer the database.
const harmless =
  /^(Create|Alter|Drop|Index|Comment|Transaction|Variable|Listen|Notify|Unlisten|Rename|Define|Grant|Vacuum|Checkpoint|Do|Discard|Deallocate|CompositeType|Rule)/
const wrapping = new Set(['ExplainStmt', 'DeclareCursorStmt', 'PrepareStmt'])

class Checking {
  private problems: string[] = []
  private levels: Level[] = []
  private accountTables: Set<string>
  constructor(accountTables: Set<string>) {
    this.accountTables = accountTables
  }

  check(statement: Node): string[] {
    this.statement(statement, null)
    // Only now: what is nested may be tied by what stands around it.
    for (const level of this.levels) {
      const tied = tiedOf(level)
      for (const [alias, table] of level.tables) {
        if (!tied.has(alias))
          this.problems.push(`${table === alias ? table : `${table} ${alias}`} has no account`)
      }
    }
    return this.problems
  }

  private statement(node: Node, outer: Level | null): void {
    const [[kind, body]] = Object.entries(node) as [[string, Tree]]
    if (kind === 'SelectStmt') this.select(body as SelectStmt, outer)
    else if (kind === 'InsertStmt') this.insert(body, outer)
    else if (kind === 'UpdateStmt' || kind === 'DeleteStmt') this.change(kind, body, outer)
    else if (wrapping.has(kind)) this.statement(body.query as Node, outer)
    else if (!harmless.test(kind) && this.mentions(body)) this.problems.push(`${kind} on an account’s table`)
  }

  private select(query: SelectStmt, outer: Level | null) {
    const level = this.level(query as Tree, outer)
    if (query.larg && query.rarg) {
      this.select(query.larg, level)
      this.select(query.rarg, level)
      return this.inside({ sortClause: query.sortClause } as Tree, level)
    }
    this.read(query.fromClause ?? [], level)
    this.where(query.whereClause, level)
    const { withClause: _, fromClause: __, ...rest } = query
    this.inside(rest, level)
  }

  private change(kind: string, body: Tree, outer: Level | null) {
    const level = this.level(body, outer)
    this.read([{ RangeVar: body.relation } as Node], level)
    this.read((body.fromClause ?? body.usingClause ?? []) as Node[], level)
    this.where(body.whereClause as Node, level)
    if (kind === 'UpdateStmt' && targets(body.targetList).includes('account_id'))
      this.problems.push('a row changes hands: account_id is set')
    const { whereClause, targetList, returningClause } = body
    this.inside({ whereClause, targetList, returningClause }, level)
  }

  private insert(body: Tree, outer: Level | null) {
    const level = this.level(body, outer)
    const table = this.accountTable(body.relation as Tree, level)
    const rows = (body.selectStmt as { SelectStmt?: SelectStmt } | undefined)?.SelectStmt
    if (table) {
      const position = targets(body.cols).indexOf('account_id')
      if (position === -1 || !rows) this.problems.push(`${table} is inserted without account_id`)
      else this.insertedAccount(table, rows, position)
      this.conflict(table, body.onConflictClause as Tree | undefined)
    }
    if (rows) this.select(rows, level)
    const { onConflictClause, returningClause } = body
    this.inside({ onConflictClause, returningClause }, level)
  }

  private insertedAccount(table: string, { valuesLists, targetList }: SelectStmt, position: number) {
    const given = valuesLists
      ? valuesLists.map((row) => (row as { List: { items: Node[] } }).List.items[position])
      : [(targetList?.[position] as { ResTarget?: { val?: Node } } | undefined)?.ResTarget?.val]
    if (!given.every((value) => value && (isFixed(value) || columnOf(value)?.name === 'account_id')))
      this.problems.push(`${table} is inserted with an account_id that is not the scope's`)
  }

  /** A row that is updated instead must be the same account's. */
  private conflict(table: string, clause: Tree | undefined) {
    if (clause?.action !== 'ONCONFLICT_UPDATE') return
    const { indexElems = [] } = (clause.infer ?? {}) as { indexElems?: { IndexElem: { name?: string } }[] }
    if (!indexElems.some(({ IndexElem }) => IndexElem.name === 'account_id'))
      this.problems.push(`${table} is updated on a conflict that does not name account_id`)
    if (targets(clause.targetList).includes('account_id'))
      this.problems.push('a row changes hands: account_id is set')
  }

  private level(body: Tree, outer: Level | null): Level {
    const level: Level = {
      tables: new Map(),
      derived: new Set(),
      conditions: [],
      named: new Set(outer?.named),
      outer,
    }
    this.levels.push(level)
    const { ctes = [] } = (body.withClause ?? {}) as {
      ctes?: { CommonTableExpr: { ctename: string; ctequery: Node } }[]
    }
    for (const { CommonTableExpr } of ctes) {
      // A recursive query names itself; its first half is what ties it.
      if ((body.withClause as Tree).recursive) level.named.add(CommonTableExpr.ctename)
      this.statement(CommonTableExpr.ctequery, level)
      level.named.add(CommonTableExpr.ctename)
    }
    return level
  }

  private accountTable({ relname, schemaname }: Tree, level: Level) {
    if (schemaname ? schemaname !== 'public' : level.named.has(String(relname))) return undefined
    return this.accountTables.has(String(relname)) ? String(relname) : undefined
  }

  /** Takes in what a FROM names, and gives back the names. */
  private read(from: Node[], level: Level): Set<string> {
    const names = new Set<string>()
    for (const item of from) {
      const [[kind, body]] = Object.entries(item) as [[string, Tree]]
      const alias = (body.alias as { aliasname?: string } | undefined)?.aliasname
      if (kind === 'RangeVar') {
        const name = alias ?? String(body.relname)
        const table = this.accountTable(body, level)
        if (table) level.tables.set(name, table)
        else if (level.named.has(String(body.relname))) level.derived.add(name)
        names.add(name)
      } else if (kind === 'RangeSubselect') {
        this.statement(body.subquery as Node, level)
        if (alias) names.add(alias)
        if (alias) level.derived.add(alias)
      } else if (kind === 'JoinExpr') {
        for (const name of this.join(body, level)) names.add(name)
      } else {
        this.inside(body, level)
        if (alias) names.add(alias)
      }
    }
    return names
  }

  private join(body: Tree, level: Level) {
    const left = this.read([body.larg as Node], level)
    const right = this.read([body.rarg as Node], level)
    const all = new Set([...left, ...right])
    const ties = { JOIN_INNER: null, JOIN_LEFT: right, JOIN_RIGHT: left }[String(body.jointype)]
    if (body.quals) {
      const tied = ties === undefined ? new Set<string>() : ties
      level.conditions.push(...halves(body.quals as Node).map((expression) => ({ expression, ties: tied })))
      this.inside(body.quals as Tree, level)
    }
    return all
  }

  private where(clause: Node | undefined, level: Level) {
    if (clause) level.conditions.push(...halves(clause).map((expression) => ({ expression, ties: null })))
  }

  /** Queries inside of expressions. */
  private inside(tree: unknown, level: Level) {
    if (Array.isArray(tree)) for (const each of tree) this.inside(each, level)
    else if (typeof tree === 'object' && tree !== null) {
      const { SelectStmt: query, ...rest } = tree as { SelectStmt?: SelectStmt }
      if (query) this.select(query, level)
      this.inside(Object.values(rest), level)
    }
  }

  private mentions(tree: unknown): boolean {
    if (typeof tree !== 'object' || tree === null) return false
    const { relname } = tree as Tree
    return this.accountTables.has(String(relname)) || Object.values(tree).some((each) => this.mentions(each))
  }
}

/** The names of this level whose account is known, followed from one to the next. */
function tiedOf(level: Level): Set<string> {
  const tied = new Set(level.derived)
  const isTied = (alias: string): boolean => {
    for (let at: Level | null = level; at; at = at.outer) {
      if (at.tables.has(alias) || at.derived.has(alias))
        return at === level ? tied.has(alias) : tiedOf(at).has(alias)
    }
    return false
  }
  const equal = level.conditions.flatMap(({ expression, ties }) =>
    equalities(expression).map((sides) => ({ sides, ties })),
  )
  for (let before = -1; before !== tied.size; ) {
    before = tied.size
    for (const { sides, ties } of equal) {
      for (const [column, other] of [sides, sides.toReversed()] as [Node, Node][]) {
        const alias = accountOf(column, level)
        if (!alias || !level.tables.has(alias) || (ties && !ties.has(alias))) continue
        const known = accountOf(other, level)
        if (isFixed(other) || (known && known !== alias && isTied(known))) tied.add(alias)
      }
    }
  }
  return tied
}

/** The alias in `alias.account_id`; without one, the only table that it can be. */
function accountOf(node: Node, level: Level): string | undefined {
  const column = columnOf(node)
  if (column?.name !== 'account_id') return undefined
  if (column.alias) return column.alias
  const candidates = [...level.tables.keys(), ...level.derived]
  return candidates.length === 1 ? candidates[0] : undefined
}

function columnOf(node: Node) {
  const { fields = [] } = (node as { ColumnRef?: { fields?: Node[] } }).ColumnRef ?? {}
  const names = fields.map((field) => (field as { String?: { sval?: string } }).String?.sval)
  return names.length > 0 ? { name: names.at(-1), alias: names.at(-2) } : undefined
}

/** A parameter or a constant, whatever it is cast to. */
function isFixed(node: Node): boolean {
  const cast = (node as { TypeCast?: { arg: Node } }).TypeCast
  return cast
    ? isFixed(cast.arg)
    : 'ParamRef' in node || ('A_Const' in node && !(node.A_Const as Tree).isnull)
}

function halves(node: Node): Node[] {
  const { boolop, args } = (node as { BoolExpr?: { boolop: string; args: Node[] } }).BoolExpr ?? {}
  return boolop === 'AND_EXPR' ? args!.flatMap(halves) : [node]
}

/** The sides of `a = b`, and of `(a, b) = (c, d)` in pairs. */
function equalities(node: Node): [Node, Node][] {
  const { kind, name, lexpr, rexpr } = (node as { A_Expr?: Tree }).A_Expr ?? {}
  const operator = (name as { String?: { sval: string } }[] | undefined)?.[0]?.String?.sval
  if (kind !== 'AEXPR_OP' || operator !== '=') return []
  const rows = [lexpr, rexpr].map((side) => (side as { RowExpr?: { args: Node[] } }).RowExpr?.args)
  const [left, right] = rows
  return left && right ? left.map((each, n) => [each, right[n]!]) : [[lexpr as Node, rexpr as Node]]
}

const targets = (list: unknown) =>
  ((list ?? []) as { ResTarget: { name?: string } }[]).map(({ ResTarget }) => ResTarget.name)
