-- An enrollment can be stopped on its way: what has begun by then goes on.
alter table sequence_enrollments
  drop constraint sequence_enrollments_status_check,
  add constraint sequence_enrollments_status_check check (status in ('running', 'done', 'stopped', 'failed'));
