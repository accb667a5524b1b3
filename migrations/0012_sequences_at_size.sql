-- Counting what many runs become at once: without pairing each with what it was, which grows with the square.

create or replace function count_sequence_runs() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sequence_counts as c (account_id, sequence_id, status, runs)
      select account_id, sequence_id, status, count(*) from new_runs
      group by account_id, sequence_id, status order by 1, 2, 3
      on conflict (account_id, sequence_id, status) do update set runs = c.runs + excluded.runs;
    return null;
  end if;
  insert into sequence_counts as c (account_id, sequence_id, status, runs)
    select account_id, sequence_id, status, sum(n) from (
      select account_id, sequence_id, status, -1 as n from old_runs
      union all select account_id, sequence_id, status, 1 from new_runs
      union all select account_id, sequence_id, 'answered', -1 from old_runs where replied_at is not null
      union all select account_id, sequence_id, 'answered', 1 from new_runs where replied_at is not null
    ) as changes
    group by account_id, sequence_id, status having sum(n) <> 0 order by 1, 2, 3
    on conflict (account_id, sequence_id, status) do update set runs = c.runs + excluded.runs;
  return null;
end $$;

-- What a sequence writes goes out in its hours only, however long its number was away.
alter table messages add column hours jsonb;
