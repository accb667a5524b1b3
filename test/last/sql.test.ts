import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountMissing } from './sql.ts'

const tables = new Set(['leads', 'stages', 'users'])
const check = (sql: string) => accountMissing(sql, tables)

const kept = [
  'select * from leads where account_id = $1',
  'select * from "leads" where ("leads"."account_id" = $1 and "leads"."id" = $2)',
  'select l.id from public.leads l where $1::bigint = l.account_id',
  'select * from leads l join stages s on s.account_id = l.account_id and s.id = l.stage_id where l.account_id = $1',
  'select * from leads l left join stages s on s.account_id = l.account_id where l.account_id = 5',
  'select * from leads l where (l.account_id, l.id) = ($1, $2)',
  'select (select count(*) from stages s where s.account_id = l.account_id) from leads l where l.account_id = $1',
  'select * from leads where account_id = $1 and exists (select 1 from users where users.account_id = $1)',
  'with m as (select id, account_id from leads where account_id = $1) select * from m join stages s on s.account_id = m.account_id',
  'with leads as (select 1 as id) select * from leads',
  'select * from (select * from leads where account_id = $1) page join users on users.account_id = page.account_id',
  'select id from leads where account_id = $1 union all select id from stages where account_id = $1',
  'select * from leads l, lateral (select * from stages s where s.account_id = l.account_id) x where l.account_id = $1',
  'insert into leads (account_id, name) values ($1, $2), ($3, $4)',
  'insert into leads (account_id, name) select account_id, name from users where account_id = $1',
  'insert into leads (account_id, id) values ($1, $2) on conflict (account_id, id) do update set name = $3',
  'insert into leads (account_id, id) values ($1, $2) on conflict do nothing',
  'update leads set name = $2 where account_id = $1',
  'update leads l set name = u.name from users u where u.account_id = l.account_id and l.account_id = $1',
  'delete from leads using users u where leads.account_id = $1 and u.account_id = leads.account_id',
  'explain select * from leads where account_id = $1',
  '-- across accounts: housekeeping\ndelete from leads',
  'create index leads_name on leads (account_id, name)',
  'begin',
  'select * from pgboss.leads',
  'select * from accounts where id = $1',
]

const refused = [
  'select * from leads',
  'select * from leads where id = $1',
  'select * from leads where account_id <> $1',
  'select * from leads where account_id = $1 or id = $2',
  'select * from leads where not (account_id = $1)',
  'select * from leads where account_id = any ($1)',
  'select * from leads where account_id = account_id',
  'select * from leads where account_id = null',
  'select * from leads l join stages s on s.id = l.stage_id where l.account_id = $1',
  'select * from leads l join stages s on s.account_id = l.account_id',
  'select * from leads l left join stages s on l.account_id = $1 and s.account_id = $1',
  'select * from leads l full join stages s on l.account_id = $1 and s.account_id = $1',
  'select (select count(*) from stages) from leads where account_id = $1',
  'select * from leads where account_id = $1 and id in (select id from users)',
  'select * from leads where account_id = $1 union all select * from leads',
  'with m as (select * from leads) select * from m where account_id = $1',
  'with m as (delete from leads returning *) select * from m where account_id = $1',
  'select * from (select * from leads) page where account_id = $1',
  'select * from leads where account_id = $1 order by (select count(*) from users)',
  'insert into leads (name) values ($1)',
  'insert into leads values ($1, $2)',
  'insert into leads (account_id, name) values ($1, $2), (default, $3)',
  'insert into leads (account_id, name) select id, name from users where account_id = $1',
  'insert into leads (account_id, name) select account_id, name from users',
  'insert into leads (account_id, id) values ($1, $2) on conflict (id) do update set name = $3',
  'update leads set name = $1',
  'update leads set account_id = $1 where account_id = $2',
  'update leads set name = u.name from users u where leads.account_id = $1',
  'update accounts set name = $1 where id = (select id from leads)',
  'delete from leads where id = $1',
  'truncate leads',
  'copy leads to stdout',
  'lock table leads',
  'merge into leads using users on true when matched then delete',
  '-- across accounts: one\nselect * from leads; select * from leads',
  'explain analyze delete from leads',
]

for (const sql of kept) test(`keeps to one account: ${sql}`, () => assert.deepEqual(check(sql), []))
for (const sql of refused) test(`does not: ${sql}`, () => assert.notDeepEqual(check(sql), []))
