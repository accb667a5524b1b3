-- People: how a session began, who asked for a new link, and how often somebody tried to sign in.

alter table sessions add column signed_in_by text not null default 'link'
  check (signed_in_by in ('password', 'link'));

alter table users add column link_requested_at timestamptz;

-- Only somebody who is still here can own a lead, whatever races: who left has no active_id to point at.
alter table users add column active_id bigint generated always as (case when is_active then id end) stored;
alter table users add unique (account_id, active_id);
alter table leads drop constraint leads_account_id_assigned_to_fkey;
alter table leads add foreign key (account_id, assigned_to) references users (account_id, active_id);

-- E-mails are stored in lower case, so the column itself is what must be unique and what is looked up.
drop index users_email;
create unique index users_email on users (account_id, email);
drop index users_sign_in;
create index users_sign_in on users (email);

-- Attempts to sign in, by address and by e-mail: the shape is the one that rate-limiter-flexible expects.
create table sign_in_attempts (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
