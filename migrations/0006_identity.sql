-- Identity: what people are known by, who is probably the same person, and merges that can be undone.

-- Beside what identifies a person stands what two leads of one person tend to share: the same first come, first held.
alter table lead_identifiers drop constraint lead_identifiers_kind_check;
alter table lead_identifiers add constraint lead_identifiers_kind_check
  check (kind in ('phone', 'email', 'wa_id', 'lid', 'username', 'name_company', 'name_birthday'));

-- Leads that are known by what another one holds: likely duplicates, and the heirs when the holder gives it up.
create table lead_rivals (
  account_id bigint not null,
  kind text not null,
  value text not null,
  lead_id bigint not null,
  primary key (account_id, kind, value, lead_id),
  foreign key (account_id, lead_id) references leads (account_id, id) on delete cascade
);
create index lead_rivals_lead on lead_rivals (account_id, lead_id);

-- What a merge did, so that it can be undone: the duplicate as it was, what the survivor took, what changed hands.
create table lead_merges (
  account_id bigint not null references accounts (id),
  duplicate_id bigint not null,
  survivor_id bigint not null,
  duplicate jsonb not null,
  taken jsonb not null,
  moved jsonb not null,
  merged_at timestamptz not null default now_ms(),
  primary key (account_id, duplicate_id)
);
create index lead_merges_survivor on lead_merges (account_id, survivor_id);
create index lead_tombstones_merged on lead_tombstones (account_id, merged_into) where merged_into is not null;

-- Heirs are found among the rivals now.
drop index leads_phone;
drop index leads_email;

-- What the leads that are already here are known by. Oldest first, as if they came today.
create temporary table known on commit drop as
  with folded as (
    select *, lower(regexp_replace(normalize(name, nfkd), '[^[:alnum:]]', '', 'g')) as who,
      lower(regexp_replace(normalize(company, nfkd), '[^[:alnum:]]', '', 'g')) as firm
    from leads
  )
  select account_id, id as lead_id, 'phone' as kind, phone as value from folded where phone is not null
  union all select account_id, id, 'email', lower(email) from folded where email is not null
  union all select account_id, id, 'name_company', who || ' ' || firm from folded where who <> '' and firm <> ''
  union all select account_id, id, 'name_birthday', who || ' ' || birthday from folded where who <> '' and birthday is not null;
insert into lead_identifiers (account_id, kind, value, lead_id)
  select distinct on (account_id, kind, value) account_id, kind, value, lead_id from known
  order by account_id, kind, value, lead_id
  on conflict do nothing;
insert into lead_rivals (account_id, kind, value, lead_id)
  select k.account_id, k.kind, k.value, k.lead_id from known k
  join lead_identifiers i on i.account_id = k.account_id and i.kind = k.kind and i.value = k.value
  where i.lead_id <> k.lead_id;
