-- The store of a clinic as the migrations make it, for readers. Written by "node test/support/write-schema.ts";
-- a test fails while it differs from the migrations.

CREATE TABLE absence (
  id text not null primary key,
  staff_id text references staff (id),
  from_on text not null,
  until_on text not null,
  reason text not null check (reason in ('HOLIDAY', 'ILLNESS', 'TRAINING', 'OTHER')),
  created_at text not null,
  created_by text not null references staff (id),
  taken_back_at text,
  taken_back_by text references staff (id),
  check (until_on >= from_on),
  check ((taken_back_at is null) = (taken_back_by is null))
) strict;
CREATE INDEX absence_by_day on absence (until_on, from_on);
CREATE TRIGGER absence_never_goes before delete on absence begin select raise(abort, 'absence is never deleted'); end;
CREATE TRIGGER absence_stays_as_entered before update on absence when (1 = 1) and (new.id is not old.id or new.staff_id is not old.staff_id or new.from_on is not old.from_on or new.until_on is not old.until_on or new.created_by is not old.created_by) begin select raise(abort, 'absence: stays_as_entered'); end;

CREATE TABLE addendum (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  amends_kind text not null check (amends_kind in ('SESSION', 'COMPLICATION', 'CONSENT', 'SCREENING')),
  amends_id text not null,
  amends_version_id text not null references record_version (id),
  author_id text not null references staff (id),
  author_is_physician integer not null check (author_is_physician in (0, 1)),
  supervising_physician_id text references staff (id),
  acceptance_of text references staff (id) check (acceptance_of <> author_id),
  written_at text not null,
  state text not null check (state in ('DRAFT', 'SUBMITTED', 'RETURNED', 'SIGNED')),
  submitted_at text,
  due_at text,
  escalate_at text,
  signed_at text,
  signed_by text references staff (id),
  unique (patient_id, id),
  check ((signed_at is null) = (signed_by is null)),
  check ((state = 'SIGNED') = (signed_at is not null)),
  check (state = 'DRAFT' or submitted_at is not null)
) strict;
CREATE INDEX addendum_by_patient on addendum (patient_id, written_at);
CREATE INDEX addendum_by_record on addendum (amends_kind, amends_id, written_at);
CREATE INDEX addendum_open_work on addendum (author_id, updated_at) where state in ('DRAFT', 'RETURNED');
CREATE INDEX addendum_queue on addendum (due_at, id) where state = 'SUBMITTED';
CREATE TRIGGER addendum_begins_as_draft_insert before insert on addendum when new.state <> 'DRAFT' begin select raise(abort, 'addendum: begins_as_draft'); end;
CREATE TRIGGER addendum_keeps_its_identity before update on addendum when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at or new.amends_kind is not old.amends_kind or new.amends_id is not old.amends_id or new.amends_version_id is not old.amends_version_id or new.author_id is not old.author_id or new.author_is_physician is not old.author_is_physician) begin select raise(abort, 'addendum: keeps_its_identity'); end;
CREATE TRIGGER addendum_never_goes before delete on addendum begin select raise(abort, 'addendum is never deleted'); end;
CREATE TRIGGER addendum_returned_needs_a_reason before update on addendum when new.state = 'RETURNED' and old.state <> 'RETURNED' and not exists (select 1 from addendum_return
           where addendum_return.addendum_id = new.id and addendum_return.version_id = new.version_id
             and addendum_return.replies is null) begin select raise(abort, 'addendum: returned_needs_a_reason'); end;
CREATE TRIGGER addendum_signed_needs_a_physician before update on addendum when new.state = 'SIGNED' and old.state <> 'SIGNED' and not exists (select 1 from signature
           join staff_grant on staff_grant.staff_id = signature.signer_id and staff_grant.role = 'physician'
             and staff_grant.ended_at is null
           where signature.kind = 'addendum' and signature.record_id = new.id and signature.version_id = new.version_id
             and signature.signer_id = new.signed_by
             and ((old.state = 'SUBMITTED' and signature.signer_id <> new.author_id)
               or (old.state = 'DRAFT' and new.author_is_physician = 1
                 and new.acceptance_of is null and signature.signer_id = new.author_id))) begin select raise(abort, 'addendum: signed_needs_a_physician'); end;
CREATE TRIGGER addendum_signed_stays before update on addendum when (old.state = 'SIGNED') and (new.signed_at is not old.signed_at or new.signed_by is not old.signed_by or new.due_at is not old.due_at or new.escalate_at is not old.escalate_at) begin select raise(abort, 'addendum: signed_stays'); end;
CREATE TRIGGER addendum_state_moves before update of state on addendum when new.state is not old.state and not ((old.state = 'DRAFT' and new.state = 'SUBMITTED') or (old.state = 'DRAFT' and new.state = 'SIGNED') or (old.state = 'SUBMITTED' and new.state = 'RETURNED') or (old.state = 'SUBMITTED' and new.state = 'SIGNED') or (old.state = 'RETURNED' and new.state = 'SUBMITTED')) begin select raise(abort, 'addendum: illegal state'); end;
CREATE TRIGGER addendum_submitted_needs_its_author before update on addendum when new.state = 'SUBMITTED' and old.state <> 'SUBMITTED' and not exists (select 1 from signature
           where signature.kind = 'addendum' and signature.record_id = new.id and signature.version_id = new.version_id
             and signature.meaning = 'AUTHOR' and signature.signer_id = new.author_id) begin select raise(abort, 'addendum: submitted_needs_its_author'); end;
CREATE TRIGGER addendum_submitted_stays before update on addendum when (old.state in ('SUBMITTED', 'SIGNED')) and (new.version_id is not old.version_id or new.written_at is not old.written_at or new.submitted_at is not old.submitted_at) begin select raise(abort, 'addendum: submitted_stays'); end;

CREATE TABLE addendum_return (
  id text not null primary key,
  patient_id text not null,
  addendum_id text not null,
  no integer not null check (no >= 1),
  version_id text not null references record_version (id),
  reason text not null check (reason <> ''),
  pointers text not null,
  due_at text not null,
  returned_by text not null references staff (id),
  returned_at text not null,
  takeover_reason text,
  replies text,
  replied_at text,
  reply_version_id text references record_version (id),
  unique (addendum_id, no),
  foreign key (patient_id, addendum_id) references addendum (patient_id, id),
  check ((replies is null) = (replied_at is null)),
  check ((replies is null) = (reply_version_id is null))
) strict;
CREATE TRIGGER addendum_return_never_goes before delete on addendum_return begin select raise(abort, 'addendum_return is never deleted'); end;
CREATE TRIGGER addendum_return_reply_stays before update on addendum_return when (old.replies is not null) and (new.replies is not old.replies or new.replied_at is not old.replied_at or new.reply_version_id is not old.reply_version_id) begin select raise(abort, 'addendum_return: reply_stays'); end;
CREATE TRIGGER addendum_return_said_stays before update on addendum_return when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.addendum_id is not old.addendum_id or new.no is not old.no or new.version_id is not old.version_id or new.reason is not old.reason or new.pointers is not old.pointers or new.due_at is not old.due_at or new.returned_by is not old.returned_by or new.returned_at is not old.returned_at or new.takeover_reason is not old.takeover_reason) begin select raise(abort, 'addendum_return: said_stays'); end;

CREATE TABLE amendment_request (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  taken_by text not null references staff (id),
  requested_by text not null check (requested_by <> ''),
  requested_on text not null,
  wish text not null check (wish <> ''),
  due_on text not null check (due_on > requested_on),
  follow_up_id text not null references follow_up (id),
  state text not null check (state in ('OPEN', 'ACCEPTED', 'DENIED')),
  extended_at text,
  extended_by text references staff (id),
  extension_reason text,
  decided_at text,
  decided_by text references staff (id),
  record_kind text check (record_kind in ('SESSION', 'COMPLICATION', 'CONSENT', 'SCREENING')),
  record_id text,
  addendum_id text,
  denial_grounds text,
  denial_reason text,
  disagreement text,
  disagreement_at text,
  disagreement_by text references staff (id),
  rebuttal text,
  rebuttal_at text,
  rebuttal_by text references staff (id),
  unique (patient_id, id),
  unique (follow_up_id),
  unique (addendum_id),
  check ((extension_reason is null) = (extended_at is null) and (extension_reason is null) = (extended_by is null) and extension_reason <> ''),
  check ((disagreement is null) = (disagreement_at is null) and (disagreement is null) = (disagreement_by is null) and disagreement <> ''),
  check ((rebuttal is null) = (rebuttal_at is null) and (rebuttal is null) = (rebuttal_by is null) and rebuttal <> ''),
  check ((state = 'OPEN') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((record_kind is null) = (record_id is null)),
  check ((state = 'ACCEPTED') = (addendum_id is not null)),
  check (addendum_id is null or record_id is not null),
  check ((state = 'DENIED') = (denial_reason is not null)),
  check ((denial_reason is null) = (denial_grounds is null)),
  check (denial_reason <> '' and denial_grounds <> ''),
  check (disagreement is null or state = 'DENIED'),
  check (rebuttal is null or disagreement is not null)
) strict;
CREATE INDEX amendment_request_by_patient on amendment_request (patient_id, requested_on, id);
CREATE INDEX amendment_request_by_record on amendment_request (record_kind, record_id) where record_id is not null;
CREATE TRIGGER amendment_request_begins_open_insert before insert on amendment_request when new.state <> 'OPEN' begin select raise(abort, 'amendment_request: begins_open'); end;
CREATE TRIGGER amendment_request_denial_stays before update on amendment_request when (old.state = 'DENIED') and (new.due_on is not old.due_on or new.extended_at is not old.extended_at or new.decided_at is not old.decided_at or new.decided_by is not old.decided_by or new.record_kind is not old.record_kind or new.record_id is not old.record_id or new.denial_grounds is not old.denial_grounds or new.denial_reason is not old.denial_reason) begin select raise(abort, 'amendment_request: denial_stays'); end;
CREATE TRIGGER amendment_request_extended_once before update on amendment_request when (old.extended_at is not null) and (new.due_on is not old.due_on or new.extended_at is not old.extended_at or new.extended_by is not old.extended_by or new.extension_reason is not old.extension_reason) begin select raise(abort, 'amendment_request: extended_once'); end;
CREATE TRIGGER amendment_request_keeps_what_was_asked before update on amendment_request when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at or new.taken_by is not old.taken_by or new.requested_by is not old.requested_by or new.requested_on is not old.requested_on or new.wish is not old.wish or new.follow_up_id is not old.follow_up_id) begin select raise(abort, 'amendment_request: keeps_what_was_asked'); end;
CREATE TRIGGER amendment_request_never_goes before delete on amendment_request begin select raise(abort, 'amendment_request is never deleted'); end;
CREATE TRIGGER amendment_request_rebuttal_stays before update on amendment_request when (old.rebuttal is not null) and (new.rebuttal is not old.rebuttal or new.rebuttal_at is not old.rebuttal_at or new.rebuttal_by is not old.rebuttal_by) begin select raise(abort, 'amendment_request: rebuttal_stays'); end;
CREATE TRIGGER amendment_request_state_moves before update of state on amendment_request when new.state is not old.state and not ((old.state = 'OPEN' and new.state = 'ACCEPTED') or (old.state = 'OPEN' and new.state = 'DENIED')) begin select raise(abort, 'amendment_request: illegal state'); end;
CREATE TRIGGER amendment_request_statement_stays before update on amendment_request when (old.disagreement is not null) and (new.disagreement is not old.disagreement or new.disagreement_at is not old.disagreement_at or new.disagreement_by is not old.disagreement_by) begin select raise(abort, 'amendment_request: statement_stays'); end;

CREATE TABLE attachment (
  id text not null primary key,
  sha256 text not null,
  media_type text not null,
  bytes integer not null check (bytes >= 0),
  file_name text not null unique,
  made_at text not null,
  made_by text references staff (id),
  patient_id text
) strict;
CREATE TRIGGER attachment_never_changes before update on attachment begin select raise(abort, 'attachment is append-only'); end;
CREATE TRIGGER attachment_never_goes before delete on attachment begin select raise(abort, 'attachment is append-only'); end;

CREATE TABLE audit_entry (
  seq integer not null primary key,
  at text not null,
  offset_min integer not null,
  actor_id text,
  roles text not null,
  sign_in_id text,
  connection_id text,
  app_version text not null,
  action text not null,
  subject text not null,
  subject_id text,
  version_id text,
  version_before_id text,
  patient_id text,
  outcome text not null check (outcome in ('DONE', 'REFUSED', 'FAILED')),
  reason text,
  prev_hash text not null,
  hash text not null,
  mac text not null
) strict;
CREATE INDEX audit_entry_by_action on audit_entry (action, seq);
CREATE INDEX audit_entry_by_actor on audit_entry (actor_id, seq);
CREATE INDEX audit_entry_by_patient on audit_entry (patient_id, seq);
CREATE INDEX audit_entry_by_time on audit_entry (at, seq);
CREATE INDEX audit_entry_session_opened on audit_entry (version_id, actor_id) where action = 'session.open';
CREATE TRIGGER audit_entry_never_changes before update on audit_entry begin select raise(abort, 'audit_entry is append-only'); end;
CREATE TRIGGER audit_entry_never_goes before delete on audit_entry begin select raise(abort, 'audit_entry is append-only'); end;
CREATE TRIGGER audit_entry_without_gaps_insert before insert on audit_entry when new.seq is not (select coalesce(max(seq), 0) + 1 from audit_entry) begin select raise(abort, 'audit_entry: without_gaps'); end;

CREATE TABLE booking_setting (
  id integer not null primary key check (id = 1),
  version integer not null check (version >= 1),
  talk_min integer not null check (talk_min between 5 and 480),
  late_cancel_hours integer not null check (late_cancel_hours between 0 and 720),
  reminder_days text not null,
  updated_at text not null,
  updated_by text not null references staff (id)
) strict;

CREATE TABLE cartridge_lot (
  id text not null primary key,
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  created_by text not null references staff (id),
  manufacturer text not null,
  model text not null,
  udi_di text,
  lot_raw text not null,
  lot_normalised text not null,
  article_key text not null,
  expires_on text not null,
  needle_count integer not null check (needle_count >= 1),
  needle_gauge integer,
  max_length_um integer not null check (max_length_um >= 100),
  sterile_method text,
  received_quantity integer not null check (received_quantity >= 0),
  used_quantity integer not null check (used_quantity >= 0),
  discarded_quantity integer not null check (discarded_quantity >= 0),
  received_on text not null,
  supplier text,
  status text not null check (status in ('AVAILABLE', 'QUARANTINED', 'RECALLED', 'EXPIRED')),
  unique (lot_normalised, article_key)
) strict;
CREATE INDEX cartridge_lot_by_expiry on cartridge_lot (status, expires_on);
CREATE TRIGGER cartridge_lot_keeps_its_identity before update on cartridge_lot when (1 = 1) and (new.id is not old.id or new.created_at is not old.created_at or new.created_by is not old.created_by) begin select raise(abort, 'cartridge_lot: keeps_its_identity'); end;
CREATE TRIGGER cartridge_lot_never_goes before delete on cartridge_lot begin select raise(abort, 'cartridge_lot is never deleted'); end;

CREATE TABLE chart_counter (
  id integer not null primary key check (id = 1),
  last integer not null check (last >= 0)
) strict;

CREATE TABLE clearance (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  series_id text,
  decision text not null check (decision in ('CLEARED', 'REFUSED')),
  expires_on text not null,
  max_depth_um integer check (max_depth_um > 0),
  decided_by text not null references staff (id),
  decided_at text not null,
  unique (patient_id, id)
) strict;
CREATE INDEX clearance_by_time on clearance (patient_id, created_at, id);
CREATE TRIGGER clearance_names_its_own_course_insert before insert on clearance when new.series_id is not null and not exists (select 1 from series where series.id = new.series_id and series.patient_id = new.patient_id) begin select raise(abort, 'clearance: names_its_own_course'); end;
CREATE TRIGGER clearance_never_changes before update on clearance begin select raise(abort, 'clearance is append-only'); end;
CREATE TRIGGER clearance_never_goes before delete on clearance begin select raise(abort, 'clearance is append-only'); end;
CREATE TRIGGER clearance_not_in_a_merged_chart_insert before insert on clearance when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'clearance: not_in_a_merged_chart'); end;

CREATE TABLE command_reply (
  key text not null primary key,
  staff_id text not null references staff (id),
  procedure text not null,
  input_sha256 text not null,
  reply text not null,
  at text not null
) strict;
CREATE INDEX command_reply_by_age on command_reply (at);

CREATE TABLE complication (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  code text,
  grade integer check (grade between 1 and 5),
  worst_grade integer check (worst_grade between 1 and 5),
  onset_on text,
  reported_at text not null,
  taken_by text not null references staff (id),
  red_flag integer not null check (red_flag in (0, 1)),
  blocks integer not null check (blocks in (0, 1)),
  acknowledged integer not null check (acknowledged in (0, 1)),
  notified_at text,
  causality text check (causality in ('UNRELATED', 'UNLIKELY', 'POSSIBLE', 'PROBABLE', 'DEFINITE')),
  outcome text not null,
  resolved_on text,
  state text not null check (state in ('OPEN', 'UNDER_REVIEW', 'MONITORING', 'CLOSED')),
  closed_at text,
  unique (patient_id, id),
  check (grade is null or worst_grade >= grade),
  check ((state = 'CLOSED') = (closed_at is not null))
) strict;
CREATE INDEX complication_by_patient on complication (patient_id, reported_at, id);
CREATE INDEX complication_by_report on complication (reported_at, id);
CREATE INDEX complication_open on complication (red_flag, reported_at, id) where state <> 'CLOSED';
CREATE TRIGGER complication_begins_open_insert before insert on complication when new.state <> 'OPEN' begin select raise(abort, 'complication: begins_open'); end;
CREATE TRIGGER complication_closed_needs_a_physician before update on complication when new.state = 'CLOSED' and old.state <> 'CLOSED' and new.worst_grade >= 2 and not exists (select 1 from signature
           join staff_grant on staff_grant.staff_id = signature.signer_id and staff_grant.role = 'physician'
             and staff_grant.ended_at is null
           where signature.kind = 'complication' and signature.record_id = new.id and signature.version_id = new.version_id) begin select raise(abort, 'complication: closed_needs_a_physician'); end;
CREATE TRIGGER complication_closed_stays before update on complication when (old.state = 'CLOSED' and new.state = 'CLOSED') and (new.version_id is not old.version_id or new.grade is not old.grade or new.worst_grade is not old.worst_grade or new.code is not old.code or new.outcome is not old.outcome or new.resolved_on is not old.resolved_on) begin select raise(abort, 'complication: closed_stays'); end;
CREATE TRIGGER complication_keeps_its_identity before update on complication when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at or new.reported_at is not old.reported_at or new.taken_by is not old.taken_by) begin select raise(abort, 'complication: keeps_its_identity'); end;
CREATE TRIGGER complication_never_goes before delete on complication begin select raise(abort, 'complication is never deleted'); end;
CREATE TRIGGER complication_not_in_a_merged_chart_insert before insert on complication when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'complication: not_in_a_merged_chart'); end;
CREATE TRIGGER complication_state_moves before update of state on complication when new.state is not old.state and not ((old.state = 'OPEN' and new.state = 'UNDER_REVIEW') or (old.state = 'UNDER_REVIEW' and new.state = 'MONITORING') or (old.state = 'MONITORING' and new.state = 'CLOSED') or (old.state = 'CLOSED' and new.state = 'OPEN')) begin select raise(abort, 'complication: illegal state'); end;

CREATE TABLE complication_disclosure (
  id text not null primary key,
  patient_id text not null,
  complication_id text not null,
  disclosed_on text not null,
  recipient text not null check (length(recipient) > 0),
  address text not null,
  description text not null check (length(description) > 0),
  purpose text not null check (length(purpose) > 0),
  entered_by text not null references staff (id),
  entered_at text not null,
  foreign key (patient_id, complication_id) references complication (patient_id, id)
) strict;
CREATE INDEX complication_disclosure_by_patient on complication_disclosure (patient_id, disclosed_on, id);
CREATE TRIGGER complication_disclosure_never_changes before update on complication_disclosure begin select raise(abort, 'complication_disclosure is append-only'); end;
CREATE TRIGGER complication_disclosure_never_goes before delete on complication_disclosure begin select raise(abort, 'complication_disclosure is append-only'); end;

CREATE TABLE complication_hold (
  id text not null primary key,
  patient_id text not null,
  complication_id text not null,
  series_id text not null,
  status_before text not null check (status_before in ('PLANNED', 'ACTIVE', 'MAINTENANCE')),
  held_at text not null,
  released_at text,
  released_by text references staff (id),
  check ((released_at is null) = (released_by is null)),
  foreign key (patient_id, complication_id) references complication (patient_id, id),
  foreign key (patient_id, series_id) references series (patient_id, id)
) strict;
CREATE INDEX complication_hold_by_series on complication_hold (series_id, held_at);
CREATE UNIQUE INDEX complication_hold_once on complication_hold (complication_id, series_id) where released_at is null;
CREATE TRIGGER complication_hold_never_goes before delete on complication_hold begin select raise(abort, 'complication_hold is never deleted'); end;
CREATE TRIGGER complication_hold_released_stays before update on complication_hold when (old.released_at is not null) and (new.released_at is not old.released_at or new.released_by is not old.released_by) begin select raise(abort, 'complication_hold: released_stays'); end;
CREATE TRIGGER complication_hold_stays_as_placed before update on complication_hold when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.complication_id is not old.complication_id or new.series_id is not old.series_id or new.status_before is not old.status_before or new.held_at is not old.held_at) begin select raise(abort, 'complication_hold: stays_as_placed'); end;

CREATE TABLE complication_photo (
  complication_id text not null,
  patient_id text not null,
  photo_id text not null,
  primary key (complication_id, photo_id),
  foreign key (patient_id, complication_id) references complication (patient_id, id),
  foreign key (patient_id, photo_id) references photo (patient_id, id)
) strict;
CREATE INDEX complication_photo_by_photo on complication_photo (photo_id);
CREATE TRIGGER complication_photo_was_removed_insert before insert on complication_photo when exists (select 1 from photo where photo.id = new.photo_id and photo.voided_at is not null) begin select raise(abort, 'complication_photo: was_removed'); end;

CREATE TABLE complication_session (
  complication_id text not null,
  patient_id text not null,
  session_id text not null,
  primary key (complication_id, session_id),
  foreign key (patient_id, complication_id) references complication (patient_id, id),
  foreign key (patient_id, session_id) references session (patient_id, id)
) strict;
CREATE INDEX complication_session_by_session on complication_session (session_id);
CREATE TRIGGER complication_session_never_goes before delete on complication_session begin select raise(abort, 'complication_session is never deleted'); end;

CREATE TABLE complication_zone (
  complication_id text not null references complication (id),
  patient_id text not null,
  no integer not null check (no >= 1),
  zone text not null,
  side text not null check (side in ('L', 'R', 'M')),
  site text,
  primary key (complication_id, no)
) strict;
CREATE INDEX complication_zone_by_place on complication_zone (patient_id, zone, side);

CREATE TABLE consent (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  series_id text,
  template_id text not null,
  template_major integer not null,
  template_minor integer not null,
  procedure text not null check (procedure in ('MECHANICAL', 'RF', 'ADDON')),
  max_depth_um integer not null check (max_depth_um >= 0),
  document_sha256 text not null,
  signer_role text check (signer_role in ('PATIENT', 'GUARDIAN', 'REPRESENTATIVE')),
  signed_at text,
  signed_on text,
  state text not null check (state in ('DRAFT', 'PRESENTED', 'SIGNED', 'SUPERSEDED', 'EXPIRED', 'WITHDRAWN', 'VOIDED')),
  voided_at text,
  voided_by text references staff (id),
  void_reason text,
  unique (patient_id, id),
  foreign key (template_id, template_major, template_minor) references consent_template (template_id, major, minor),
  check ((signed_at is null) = (signed_on is null)),
  check (state in ('DRAFT', 'PRESENTED', 'VOIDED') or signed_at is not null),
  check (state not in ('DRAFT', 'PRESENTED') or signed_at is null),
  check ((state = 'VOIDED') = (voided_at is not null)),
  check ((voided_at is null) = (void_reason is null))
) strict;
CREATE INDEX consent_by_patient on consent (patient_id, state, signed_at);
CREATE TRIGGER consent_names_its_own_course_insert before insert on consent when new.series_id is not null and not exists (select 1 from series where series.id = new.series_id and series.patient_id = new.patient_id) begin select raise(abort, 'consent: names_its_own_course'); end;
CREATE TRIGGER consent_never_goes before delete on consent begin select raise(abort, 'consent is never deleted'); end;
CREATE TRIGGER consent_not_in_a_merged_chart_insert before insert on consent when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'consent: not_in_a_merged_chart'); end;
CREATE TRIGGER consent_owner_stays before update on consent when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at) begin select raise(abort, 'consent: owner_stays'); end;
CREATE TRIGGER consent_signed_stays before update on consent when (old.state not in ('DRAFT', 'PRESENTED')) and (new.version_id is not old.version_id or new.series_id is not old.series_id or new.template_id is not old.template_id or new.template_major is not old.template_major or new.template_minor is not old.template_minor or new.procedure is not old.procedure or new.max_depth_um is not old.max_depth_um or new.document_sha256 is not old.document_sha256 or new.signer_role is not old.signer_role or new.signed_at is not old.signed_at or new.signed_on is not old.signed_on) begin select raise(abort, 'consent: signed_stays'); end;
CREATE TRIGGER consent_state_moves before update of state on consent when new.state is not old.state and not ((old.state = 'DRAFT' and new.state = 'PRESENTED') or (old.state = 'DRAFT' and new.state = 'VOIDED') or (old.state = 'PRESENTED' and new.state = 'DRAFT') or (old.state = 'PRESENTED' and new.state = 'SIGNED') or (old.state = 'PRESENTED' and new.state = 'VOIDED') or (old.state = 'SIGNED' and new.state = 'SUPERSEDED') or (old.state = 'SIGNED' and new.state = 'EXPIRED') or (old.state = 'SIGNED' and new.state = 'WITHDRAWN') or (old.state = 'SIGNED' and new.state = 'VOIDED') or (old.state = 'SUPERSEDED' and new.state = 'WITHDRAWN') or (old.state = 'SUPERSEDED' and new.state = 'VOIDED') or (old.state = 'EXPIRED' and new.state = 'WITHDRAWN') or (old.state = 'EXPIRED' and new.state = 'VOIDED') or (old.state = 'WITHDRAWN' and new.state = 'VOIDED')) begin select raise(abort, 'consent: illegal state'); end;
CREATE TRIGGER consent_void_stays before update on consent when (old.voided_at is not null) and (new.voided_at is not old.voided_at or new.voided_by is not old.voided_by or new.void_reason is not old.void_reason) begin select raise(abort, 'consent: void_stays'); end;

CREATE TABLE consent_reacknowledgement (
  id text not null primary key,
  patient_id text not null,
  consent_id text not null,
  at text not null,
  said_by text not null,
  practitioner_id text not null references staff (id),
  supervising_physician_id text not null references staff (id),
  taken_by text not null references staff (id),
  foreign key (patient_id, consent_id) references consent (patient_id, id)
) strict;
CREATE INDEX consent_reacknowledgement_by_consent on consent_reacknowledgement (consent_id, at);
CREATE TRIGGER consent_reacknowledgement_never_changes before update on consent_reacknowledgement begin select raise(abort, 'consent_reacknowledgement is append-only'); end;
CREATE TRIGGER consent_reacknowledgement_never_goes before delete on consent_reacknowledgement begin select raise(abort, 'consent_reacknowledgement is append-only'); end;

CREATE TABLE consent_template (
  template_id text not null,
  major integer not null check (major >= 1),
  minor integer not null check (minor >= 0),
  language text not null,
  procedure text not null check (procedure in ('MECHANICAL', 'RF', 'ADDON')),
  jurisdiction text not null,
  effective_from text not null,
  body text not null,
  sha256 text not null,
  published_at text not null,
  published_by text references staff (id),
  approved_at text,
  approved_by text references staff (id),
  primary key (template_id, major, minor),
  check ((approved_at is null) = (approved_by is null))
) strict;
CREATE TRIGGER consent_template_approved_stays before update on consent_template when (old.approved_at is not null) and (new.approved_at is not old.approved_at or new.approved_by is not old.approved_by) begin select raise(abort, 'consent_template: approved_stays'); end;
CREATE TRIGGER consent_template_never_goes before delete on consent_template begin select raise(abort, 'consent_template is never deleted'); end;
CREATE TRIGGER consent_template_published_stays before update on consent_template when (1 = 1) and (new.template_id is not old.template_id or new.major is not old.major or new.minor is not old.minor or new.language is not old.language or new.procedure is not old.procedure or new.jurisdiction is not old.jurisdiction or new.effective_from is not old.effective_from or new.body is not old.body or new.sha256 is not old.sha256 or new.published_at is not old.published_at or new.published_by is not old.published_by) begin select raise(abort, 'consent_template: published_stays'); end;

CREATE TABLE consent_withdrawal (
  id text not null primary key,
  patient_id text not null,
  consent_id text not null,
  at text not null,
  said_by text not null,
  how text not null check (how in ('VERBAL', 'WRITTEN')),
  scopes text not null,
  taken_by text not null references staff (id),
  note text not null,
  foreign key (patient_id, consent_id) references consent (patient_id, id)
) strict;
CREATE INDEX consent_withdrawal_by_consent on consent_withdrawal (consent_id, at);
CREATE INDEX consent_withdrawal_by_time on consent_withdrawal (at);
CREATE TRIGGER consent_withdrawal_never_changes before update on consent_withdrawal begin select raise(abort, 'consent_withdrawal is append-only'); end;
CREATE TRIGGER consent_withdrawal_never_goes before delete on consent_withdrawal begin select raise(abort, 'consent_withdrawal is append-only'); end;

CREATE TABLE copy_given (
  id text not null primary key,
  patient_id text not null references patient (id),
  record_kind text not null check (record_kind in ('SESSION', 'CONSENT')),
  record_id text not null,
  version_id text not null references record_version (id),
  method text not null check (method in ('PAPER', 'EMAIL', 'PORTAL', 'DECLINED')),
  recipient text not null,
  given_at text not null,
  given_by text not null references staff (id)
) strict;
CREATE INDEX copy_given_by_patient on copy_given (patient_id, given_at);
CREATE INDEX copy_given_by_record on copy_given (record_kind, record_id);
CREATE TRIGGER copy_given_never_changes before update on copy_given begin select raise(abort, 'copy_given is append-only'); end;
CREATE TRIGGER copy_given_never_goes before delete on copy_given begin select raise(abort, 'copy_given is append-only'); end;

CREATE TABLE device (
  id text not null primary key,
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  created_by text not null references staff (id),
  manufacturer text not null,
  model text not null,
  type text not null check (type in ('PEN', 'ROLLER', 'STAMP', 'RF_PEN')),
  udi_di text,
  serial text not null,
  serial_key text not null unique,
  clearance_number text,
  max_depth_um integer not null check (max_depth_um >= 100),
  depth_step_um integer not null check (depth_step_um >= 1),
  speed_unit text check (speed_unit in ('HZ', 'RPM', 'LEVEL')),
  speed_range text,
  labelled_indications text,
  labelled_min_age_years integer,
  labelled_fst text not null,
  calibration_due_on text,
  status text not null check (status in ('ACTIVE', 'QUARANTINED', 'RETIRED')),
  check ((speed_unit is null) = (speed_range is null))
) strict;
CREATE INDEX device_by_status on device (status, manufacturer, model);
CREATE TRIGGER device_keeps_its_identity before update on device when (1 = 1) and (new.id is not old.id or new.created_at is not old.created_at or new.created_by is not old.created_by) begin select raise(abort, 'device: keeps_its_identity'); end;
CREATE TRIGGER device_never_goes before delete on device begin select raise(abort, 'device is never deleted'); end;

CREATE TABLE device_cleaning (
  id text not null primary key,
  device_id text not null references device (id),
  cleaned_on text not null,
  cleaned_by text not null,
  note text,
  created_at text not null,
  created_by text not null references staff (id)
) strict;
CREATE INDEX device_cleaning_by_device on device_cleaning (device_id, cleaned_on);
CREATE TRIGGER device_cleaning_never_changes before update on device_cleaning begin select raise(abort, 'device_cleaning is append-only'); end;
CREATE TRIGGER device_cleaning_never_goes before delete on device_cleaning begin select raise(abort, 'device_cleaning is append-only'); end;

CREATE TABLE draft (
  id text not null primary key,
  kind text not null,
  patient_id text,
  owner_id text not null references staff (id),
  version integer not null check (version >= 1),
  body text not null,
  created_at text not null,
  updated_at text not null
) strict;
CREATE INDEX draft_by_owner on draft (owner_id, kind);
CREATE INDEX draft_by_patient on draft (patient_id, kind);

CREATE TABLE duplicate_compared (
  patient_id text not null primary key references patient (id),
  version integer not null check (version >= 1)
) strict, without rowid;

CREATE TABLE duplicate_pair (
  low_id text not null references patient (id),
  high_id text not null references patient (id),
  low_facts text not null,
  high_facts text not null,
  score integer not null,
  reasons text not null,
  found_at text not null,
  primary key (low_id, high_id),
  check (low_id < high_id)
) strict, without rowid;
CREATE INDEX duplicate_pair_by_high on duplicate_pair (high_id, low_id);
CREATE INDEX duplicate_pair_by_score on duplicate_pair (score, low_id, high_id);

CREATE TABLE duplicate_verdict (
  id text not null primary key,
  low_id text not null references patient (id),
  high_id text not null references patient (id),
  low_facts text not null,
  high_facts text not null,
  reason text not null check (reason <> ''),
  decided_at text not null,
  decided_by text not null references staff (id),
  check (low_id < high_id)
) strict;
CREATE INDEX duplicate_verdict_by_pair on duplicate_verdict (low_id, high_id);
CREATE TRIGGER duplicate_verdict_never_changes before update on duplicate_verdict begin select raise(abort, 'duplicate_verdict is append-only'); end;
CREATE TRIGGER duplicate_verdict_never_goes before delete on duplicate_verdict begin select raise(abort, 'duplicate_verdict is append-only'); end;

CREATE TABLE follow_up (
  id text not null primary key,
  version integer not null check (version >= 1),
  patient_id text not null references patient (id),
  kind text not null check (kind in ('DAY_1_MESSAGE', 'DAY_3_CHECK', 'DAY_14_CHECK', 'COMPLICATION_CHECK', 'REACTION_CHECK', 'CALL', 'TAKE_DOWN', 'AMENDMENT_REQUEST', 'OUTCOME_REVIEW', 'MAINTENANCE')),
  session_id text,
  complication_id text,
  series_id text,
  reaction_code text,
  about text not null,
  due_on text not null,
  from_on text not null,
  until_on text not null,
  needs_photos integer not null check (needs_photos in (0, 1)),
  owner_id text references staff (id),
  state text not null check (state in ('OPEN', 'DONE', 'CANCELLED')),
  result text check (result in ('REACHED', 'MESSAGE_LEFT', 'NOT_REACHED', 'NOT_NEEDED')),
  outcome text,
  done_on text,
  done_by text references staff (id),
  created_at text not null,
  updated_at text not null,
  check (from_on <= due_on and due_on <= until_on),
  check ((state = 'DONE') = (done_on is not null)),
  check ((state = 'DONE') = (result is not null)),
  foreign key (patient_id, session_id) references session (patient_id, id),
  foreign key (patient_id, complication_id) references complication (patient_id, id),
  foreign key (patient_id, series_id) references series (patient_id, id)
) strict;
CREATE INDEX follow_up_ahead on follow_up (patient_id, due_on, id) where state = 'OPEN';
CREATE INDEX follow_up_by_complication on follow_up (complication_id, due_on);
CREATE INDEX follow_up_by_patient on follow_up (patient_id, due_on, id);
CREATE INDEX follow_up_by_session on follow_up (session_id, due_on);
CREATE INDEX follow_up_due on follow_up (from_on, due_on, id) where state = 'OPEN';
CREATE UNIQUE INDEX follow_up_of_series on follow_up (series_id, kind) where state = 'OPEN' and series_id is not null;
CREATE INDEX follow_up_told on follow_up (patient_id, updated_at, id) where state = 'DONE';
CREATE TRIGGER follow_up_done_stays before update on follow_up when (old.state <> 'OPEN') and (new.state is not old.state or new.outcome is not old.outcome or new.done_on is not old.done_on or new.done_by is not old.done_by or new.result is not old.result or new.due_on is not old.due_on or new.from_on is not old.from_on or new.until_on is not old.until_on or new.kind is not old.kind) begin select raise(abort, 'follow_up: done_stays'); end;
CREATE TRIGGER follow_up_never_goes before delete on follow_up begin select raise(abort, 'follow_up is never deleted'); end;
CREATE TRIGGER follow_up_review_needs_its_rating before update on follow_up when new.kind = 'OUTCOME_REVIEW' and new.state = 'DONE' and old.state <> 'DONE' and new.result = 'REACHED'
           and not exists (select 1 from outcome where outcome.follow_up_id = new.id) begin select raise(abort, 'follow_up: review_needs_its_rating'); end;

CREATE TABLE migration (
  id integer not null primary key,
  name text not null,
  applied_at text not null
) strict;

CREATE TABLE outcome (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  series_id text not null,
  occasion text not null check (occasion in ('BASELINE', 'OUTCOME')),
  rated_on text not null,
  rater_id text not null references staff (id),
  indications text not null,
  baseline_id text,
  baseline_version_id text references record_version (id),
  is_comparable integer check (is_comparable in (0, 1)),
  follow_up_id text references follow_up (id),
  unique (patient_id, id),
  foreign key (patient_id, series_id) references series (patient_id, id),
  foreign key (patient_id, baseline_id) references outcome (patient_id, id),
  check ((occasion = 'OUTCOME') = (is_comparable is not null)),
  check (occasion = 'OUTCOME' or (baseline_id is null and follow_up_id is null)),
  check ((baseline_id is null) = (baseline_version_id is null)),
  check (is_comparable is null or is_comparable = 0 or baseline_id is not null)
) strict;
CREATE INDEX outcome_by_day on outcome (occasion, rated_on, id);
CREATE INDEX outcome_by_follow_up on outcome (follow_up_id);
CREATE INDEX outcome_by_patient on outcome (patient_id, rated_on, id);
CREATE INDEX outcome_by_series on outcome (series_id, occasion, rated_on, id);
CREATE TRIGGER outcome_compared_with_its_baseline_insert before insert on outcome when new.baseline_id is not null and not exists (select 1 from outcome earlier where earlier.id = new.baseline_id
           and earlier.series_id = new.series_id and earlier.occasion = 'BASELINE') begin select raise(abort, 'outcome: compared_with_its_baseline'); end;
CREATE TRIGGER outcome_never_goes before delete on outcome begin select raise(abort, 'outcome is never deleted'); end;
CREATE TRIGGER outcome_stays_what_it_was before update on outcome when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at or new.series_id is not old.series_id or new.occasion is not old.occasion or new.rated_on is not old.rated_on or new.rater_id is not old.rater_id or new.baseline_id is not old.baseline_id or new.baseline_version_id is not old.baseline_version_id or new.follow_up_id is not old.follow_up_id) begin select raise(abort, 'outcome: stays_what_it_was'); end;

CREATE TABLE outcome_photo (
  outcome_id text not null,
  version_id text not null references record_version (id),
  patient_id text not null,
  photo_id text not null,
  primary key (version_id, photo_id),
  foreign key (patient_id, outcome_id) references outcome (patient_id, id),
  foreign key (patient_id, photo_id) references photo (patient_id, id)
) strict;
CREATE TRIGGER outcome_photo_never_changes before update on outcome_photo begin select raise(abort, 'outcome_photo is append-only'); end;
CREATE TRIGGER outcome_photo_never_goes before delete on outcome_photo begin select raise(abort, 'outcome_photo is append-only'); end;

CREATE TABLE outcome_score (
  outcome_id text not null references outcome (id),
  version_id text not null references record_version (id),
  scale text not null check (scale in ('GAIS', 'GB_QUAL', 'GB_QUANT', 'GLOGAU', 'VSS', 'MMASI')),
  scale_version text not null,
  level_tenths integer not null,
  primary key (version_id, scale),
  check ((scale = 'GAIS' and scale_version = '5_BEST_1' and level_tenths between 10 and 50) or (scale = 'GB_QUAL' and scale_version = '2006' and level_tenths between 0 and 40) or (scale = 'GB_QUANT' and scale_version = '2006' and level_tenths between 0 and 840) or (scale = 'GLOGAU' and scale_version = '1996' and level_tenths between 10 and 40) or (scale = 'VSS' and scale_version = '1990' and level_tenths between 0 and 130) or (scale = 'MMASI' and scale_version = '2011' and level_tenths between 0 and 240))
) strict;
CREATE TRIGGER outcome_score_never_changes before update on outcome_score begin select raise(abort, 'outcome_score is append-only'); end;
CREATE TRIGGER outcome_score_never_goes before delete on outcome_score begin select raise(abort, 'outcome_score is append-only'); end;

CREATE TABLE packet_given (
  id text not null primary key,
  patient_id text not null references patient (id),
  recipient text not null check (recipient <> ''),
  purpose text not null check (purpose <> ''),
  signatures integer not null check (signatures >= 0),
  sha256 text not null check (length(sha256) = 64),
  given_at text not null,
  given_by text not null references staff (id)
) strict;
CREATE INDEX packet_given_by_patient on packet_given (patient_id, given_at);
CREATE TRIGGER packet_given_never_changes before update on packet_given begin select raise(abort, 'packet_given is append-only'); end;
CREATE TRIGGER packet_given_never_goes before delete on packet_given begin select raise(abort, 'packet_given is append-only'); end;

CREATE TABLE patient (
  id text not null primary key,
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  patient_id text not null,
  chart_number text not null,
  chart_key text not null unique,
  chart_digits text not null,
  sort_name text not null,
  family text,
  given text,
  middle text,
  preferred text,
  former_names text,
  born_on text,
  born_text text,
  phones text,
  phone_tail text,
  skin_type text check (skin_type in ('I', 'II', 'III', 'IV', 'V', 'VI')),
  allergy_state text not null check (allergy_state in ('NOT_ASKED', 'NONE_KNOWN', 'LISTED')),
  status text not null check (status in ('ACTIVE', 'ARCHIVED')),
  archive_reason text check (archive_reason in ('MOVED_AWAY', 'DECEASED', 'DUPLICATE', 'MISTAKE', 'IMPORT_UNDONE', 'OTHER')),
  source text not null check (source in ('REGISTERED', 'IMPORTED')),
  import_id text references patient_import (id),
  look_alike integer not null check (look_alike in (0, 1)),
  check (patient_id = id),
  check (family is not null or given is not null),
  check (born_on is null or born_text is null),
  check ((status = 'ARCHIVED') = (archive_reason is not null)),
  check ((source = 'IMPORTED') = (import_id is not null))
) strict;
CREATE INDEX patient_by_birth on patient (born_on, id, family, given, middle, preferred, former_names, phones,
       archive_reason, look_alike);
CREATE INDEX patient_by_chart_digits on patient (chart_digits, id);
CREATE INDEX patient_by_import on patient (import_id, id);
CREATE INDEX patient_by_name on patient (status, sort_name, id);
CREATE TRIGGER patient_never_goes before delete on patient begin select raise(abort, 'patient is never deleted'); end;

CREATE TABLE patient_block (
  block text not null,
  patient_id text not null references patient (id),
  primary key (block, patient_id)
) strict, without rowid;

CREATE TABLE patient_import (
  id text not null primary key,
  version integer not null check (version >= 1),
  file_name text not null,
  file_sha256 text not null,
  mapping text not null,
  date_shape text not null check (date_shape in ('YMD', 'DMY', 'MDY')),
  row_count integer not null check (row_count >= 0),
  new_count integer not null check (new_count >= 0),
  review_count integer not null check (review_count >= 0),
  refused_count integer not null check (refused_count >= 0),
  status text not null check (status in ('COMMITTED', 'UNDONE')),
  committed_at text not null,
  committed_by text not null references staff (id),
  undone_at text,
  undone_by text references staff (id),
  check (row_count = new_count + review_count + refused_count),
  check ((status = 'UNDONE') = (undone_at is not null))
) strict;
CREATE INDEX patient_import_by_time on patient_import (committed_at, id);
CREATE TRIGGER patient_import_never_goes before delete on patient_import begin select raise(abort, 'patient_import is never deleted'); end;

CREATE TABLE patient_import_pair (
  import_id text not null references patient_import (id),
  line integer not null,
  place integer not null check (place >= 1),
  patient_id text references patient (id),
  other_line integer,
  score integer not null,
  reasons text not null,
  primary key (import_id, line, place),
  check ((patient_id is null) <> (other_line is null))
) strict, without rowid;

CREATE TABLE patient_import_row (
  import_id text not null references patient_import (id),
  line integer not null check (line >= 1),
  verdict text not null check (verdict in ('NEW', 'REVIEW', 'REFUSED')),
  outcome text not null check (outcome in ('ADDED', 'HELD', 'KEPT_BOTH', 'NOT_ADDED', 'REFUSED')),
  patient_id text references patient (id),
  refusal text,
  refused_field text,
  notices text not null,
  candidate text,
  decided_at text,
  decided_by text references staff (id),
  primary key (import_id, line),
  check ((outcome in ('ADDED', 'KEPT_BOTH')) = (patient_id is not null)),
  check ((outcome = 'REFUSED') = (refusal is not null)),
  check (outcome <> 'HELD' or candidate is not null)
) strict, without rowid;
CREATE INDEX patient_import_row_by_outcome on patient_import_row (import_id, outcome, line);
CREATE TRIGGER patient_import_row_never_goes before delete on patient_import_row begin select raise(abort, 'patient_import_row is never deleted'); end;

CREATE TABLE patient_key (
  role integer not null check (role between 0 and 3),
  tok text not null,
  rest text not null,
  patient_id text not null references patient (id),
  primary key (role, tok, rest, patient_id)
) strict, without rowid;

CREATE TABLE patient_link (
  id text not null primary key,
  merged_id text not null references patient (id),
  kept_id text not null references patient (id),
  merged_at text not null,
  merged_on text not null,
  merged_by text not null references staff (id),
  reason text not null check (reason <> ''),
  ended_at text,
  ended_by text references staff (id),
  end_reason text,
  check (merged_id <> kept_id),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null)),
  check (ended_at >= merged_at),
  check (end_reason <> '')
) strict;
CREATE INDEX patient_link_by_kept on patient_link (kept_id, merged_at);
CREATE INDEX patient_link_by_merged on patient_link (merged_id, merged_at);
CREATE UNIQUE INDEX patient_link_one_standing on patient_link (merged_id) where ended_at is null;
CREATE TRIGGER patient_link_begins_standing_insert before insert on patient_link when new.ended_at is not null begin select raise(abort, 'patient_link: begins_standing'); end;
CREATE TRIGGER patient_link_ends_once before update on patient_link when (old.ended_at is not null) and (new.ended_at is not old.ended_at or new.ended_by is not old.ended_by or new.end_reason is not old.end_reason) begin select raise(abort, 'patient_link: ends_once'); end;
CREATE TRIGGER patient_link_keeps_what_was_merged before update on patient_link when (1 = 1) and (new.id is not old.id or new.merged_id is not old.merged_id or new.kept_id is not old.kept_id or new.merged_at is not old.merged_at or new.merged_on is not old.merged_on or new.merged_by is not old.merged_by or new.reason is not old.reason) begin select raise(abort, 'patient_link: keeps_what_was_merged'); end;
CREATE TRIGGER patient_link_never_goes before delete on patient_link begin select raise(abort, 'patient_link is never deleted'); end;
CREATE TRIGGER patient_link_no_chain_insert before insert on patient_link when exists (select 1 from patient_link where merged_id = new.kept_id and ended_at is null) or exists (select 1 from patient_link where kept_id = new.merged_id and ended_at is null) begin select raise(abort, 'patient_link: no_chain'); end;

CREATE TABLE patient_phone (
  digits text not null,
  patient_id text not null references patient (id),
  primary key (digits, patient_id)
) strict, without rowid;

CREATE TABLE patient_score (
  id text not null primary key,
  patient_id text not null references patient (id),
  series_id text not null,
  reported_on text not null,
  how text not null check (how in ('IN_PERSON', 'PHONE', 'ON_PAPER')),
  entered_by text not null references staff (id),
  entered_at text not null,
  foreign key (patient_id, series_id) references series (patient_id, id)
) strict;
CREATE INDEX patient_score_by_series on patient_score (series_id, reported_on, entered_at, id);
CREATE TRIGGER patient_score_never_changes before update on patient_score begin select raise(abort, 'patient_score is append-only'); end;
CREATE TRIGGER patient_score_never_goes before delete on patient_score begin select raise(abort, 'patient_score is append-only'); end;

CREATE TABLE patient_score_level (
  patient_score_id text not null references patient_score (id),
  scale text not null check (scale in ('GAIS', 'SATISFACTION', 'WOULD_REPEAT', 'PAIN_NRS', 'DOWNTIME_DAYS')),
  scale_version text not null,
  level_tenths integer not null,
  primary key (patient_score_id, scale),
  check ((scale = 'GAIS' and scale_version = '5_BEST_1' and level_tenths between 10 and 50) or (scale = 'SATISFACTION' and scale_version = 'CLINIC_1' and level_tenths between 10 and 50) or (scale = 'WOULD_REPEAT' and scale_version = 'CLINIC_1' and level_tenths between 0 and 10) or (scale = 'PAIN_NRS' and scale_version = '0_TO_10' and level_tenths between 0 and 100) or (scale = 'DOWNTIME_DAYS' and scale_version = 'DAYS' and level_tenths between 0 and 3650))
) strict;
CREATE TRIGGER patient_score_level_never_changes before update on patient_score_level begin select raise(abort, 'patient_score_level is append-only'); end;
CREATE TRIGGER patient_score_level_never_goes before delete on patient_score_level begin select raise(abort, 'patient_score_level is append-only'); end;

CREATE TABLE photo (
  id text not null primary key,
  patient_id text not null references patient (id),
  occasion text not null check (occasion in ('BASELINE', 'BEFORE_SESSION', 'AFTER_SESSION', 'COMPLICATION', 'OUTCOME')),
  view_code text not null check (view_code in ('FRONT', 'L45', 'L90', 'R45', 'R90', 'DETAIL')),
  zone text,
  side text,
  session_id text,
  complication_id text,
  taken_on text not null,
  added_at text not null,
  added_by text not null references staff (id),
  image_id text not null references attachment (id),
  thumbnail_id text not null references attachment (id),
  original_id text references attachment (id),
  width_px integer not null check (width_px between 1 and 2048),
  height_px integer not null check (height_px between 1 and 2048),
  voided_at text,
  voided_by text references staff (id),
  void_reason text,
  unique (patient_id, id),
  foreign key (patient_id, session_id) references session (patient_id, id),
  foreign key (patient_id, complication_id) references complication (patient_id, id),
  check ((view_code <> 'DETAIL') or zone is not null),
  check ((occasion not in ('BEFORE_SESSION', 'AFTER_SESSION')) or session_id is not null),
  check ((occasion <> 'COMPLICATION') or complication_id is not null),
  check ((voided_at is null) = (voided_by is null)),
  check ((voided_at is null) = (void_reason is null))
) strict;
CREATE INDEX photo_by_complication on photo (complication_id);
CREATE INDEX photo_by_patient on photo (patient_id, taken_on);
CREATE INDEX photo_by_session on photo (session_id);
CREATE TRIGGER photo_never_changes before update on photo when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.occasion is not old.occasion or new.view_code is not old.view_code or new.zone is not old.zone or new.side is not old.side or new.session_id is not old.session_id or new.complication_id is not old.complication_id or new.taken_on is not old.taken_on or new.added_at is not old.added_at or new.added_by is not old.added_by or new.image_id is not old.image_id or new.thumbnail_id is not old.thumbnail_id or new.original_id is not old.original_id or new.width_px is not old.width_px or new.height_px is not old.height_px) begin select raise(abort, 'photo: never_changes'); end;
CREATE TRIGGER photo_never_goes before delete on photo begin select raise(abort, 'photo is never deleted'); end;
CREATE TRIGGER photo_not_in_a_merged_chart_insert before insert on photo when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'photo: not_in_a_merged_chart'); end;
CREATE TRIGGER photo_voided_stays_voided before update on photo when (old.voided_at is not null) and (new.voided_at is not old.voided_at or new.voided_by is not old.voided_by or new.void_reason is not old.void_reason) begin select raise(abort, 'photo: voided_stays_voided'); end;

CREATE TABLE photo_release (
  id text not null primary key,
  photo_id text not null,
  patient_id text not null,
  use_code text not null check (use_code in ('PATIENT', 'RECORD', 'TEACHING', 'MARKETING')),
  recipient text not null,
  released_at text not null,
  released_by text not null references staff (id),
  foreign key (patient_id, photo_id) references photo (patient_id, id)
) strict;
CREATE INDEX photo_release_by_patient on photo_release (patient_id, released_at);
CREATE TRIGGER photo_release_never_changes before update on photo_release begin select raise(abort, 'photo_release is append-only'); end;
CREATE TRIGGER photo_release_never_goes before delete on photo_release begin select raise(abort, 'photo_release is append-only'); end;

CREATE TABLE policy (
  id text not null primary key,
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  state text not null check (state in ('DRAFT', 'APPROVED', 'DISCARDED')),
  effective_from text not null,
  approved_by text references staff (id),
  approved_at text,
  check ((state = 'APPROVED') = (approved_by is not null))
) strict;
CREATE INDEX policy_in_force on policy (state, effective_from);
CREATE TRIGGER policy_approved_stays before update on policy when (old.state <> 'DRAFT') and (new.version_id is not old.version_id or new.effective_from is not old.effective_from or new.approved_by is not old.approved_by or new.approved_at is not old.approved_at) begin select raise(abort, 'policy: approved_stays'); end;
CREATE TRIGGER policy_never_goes before delete on policy begin select raise(abort, 'policy is never deleted'); end;
CREATE TRIGGER policy_state_moves before update of state on policy when new.state is not old.state and not ((old.state = 'DRAFT' and new.state = 'APPROVED') or (old.state = 'DRAFT' and new.state = 'DISCARDED')) begin select raise(abort, 'policy: illegal state'); end;

CREATE TABLE product_lot (
  id text not null primary key,
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  created_by text not null references staff (id),
  kind text not null check (kind in ('ANAESTHETIC', 'GLIDE_GEL', 'SERUM', 'ANTISEPTIC', 'POST_CARE')),
  name text not null,
  product_class text not null check (product_class in ('RESTORATIVE', 'NEUTRAL', 'ACTIVE_AVOID')),
  ingredients_of_concern text not null,
  agents text not null,
  lot_raw text not null,
  lot_normalised text not null,
  article_key text not null,
  expires_on text not null,
  opened_on text,
  received_quantity integer not null check (received_quantity >= 0),
  discarded_quantity integer not null check (discarded_quantity >= 0),
  status text not null check (status in ('AVAILABLE', 'QUARANTINED', 'RECALLED', 'EXPIRED')),
  unique (lot_normalised, article_key)
) strict;
CREATE INDEX product_lot_by_expiry on product_lot (status, expires_on);
CREATE TRIGGER product_lot_keeps_its_identity before update on product_lot when (1 = 1) and (new.id is not old.id or new.created_at is not old.created_at or new.created_by is not old.created_by) begin select raise(abort, 'product_lot: keeps_its_identity'); end;
CREATE TRIGGER product_lot_never_goes before delete on product_lot begin select raise(abort, 'product_lot is never deleted'); end;

CREATE TABLE questionnaire_text (
  major integer not null check (major >= 1),
  minor integer not null check (minor >= 0),
  language text not null,
  effective_from text not null,
  body text not null,
  sha256 text not null,
  published_at text not null,
  published_by text references staff (id),
  primary key (major, minor),
  check (published_by is not null or (major = 1 and minor = 0))
) strict;
CREATE TRIGGER questionnaire_text_never_changes before update on questionnaire_text begin select raise(abort, 'questionnaire_text is append-only'); end;
CREATE TRIGGER questionnaire_text_never_goes before delete on questionnaire_text begin select raise(abort, 'questionnaire_text is append-only'); end;

CREATE TABLE recall (
  id text not null primary key,
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  opened_by text not null references staff (id),
  title text not null check (title <> ''),
  source text not null check (source in ('MANUFACTURER', 'AUTHORITY', 'CLINIC')),
  notice text,
  kind text not null check (kind in ('LOT', 'PRODUCT', 'UDI', 'DEVICE', 'EXPOSURE')),
  criteria text not null,
  subject text not null check (subject <> ''),
  letter text not null check (letter <> ''),
  state text not null check (state in ('OPEN', 'CLOSED')),
  closed_at text,
  closed_by text references staff (id),
  closing_note text,
  check ((state = 'CLOSED') = (closed_at is not null)),
  check ((closed_at is null) = (closed_by is null)),
  check ((closed_at is null) = (closing_note is null))
) strict;
CREATE INDEX recall_by_state on recall (state, created_at, id);
CREATE TRIGGER recall_begins_open_insert before insert on recall when new.state <> 'OPEN' begin select raise(abort, 'recall: begins_open'); end;
CREATE TRIGGER recall_closed_stays before update on recall when (old.state = 'CLOSED') and (new.title is not old.title or new.source is not old.source or new.notice is not old.notice or new.letter is not old.letter or new.closed_at is not old.closed_at or new.closed_by is not old.closed_by or new.closing_note is not old.closing_note) begin select raise(abort, 'recall: closed_stays'); end;
CREATE TRIGGER recall_closed_with_open_tasks before update on recall when new.state = 'CLOSED' and old.state <> 'CLOSED' and exists (select 1 from recall_task
           where recall_task.recall_id = new.id and recall_task.state in ('DUE', 'SENT')) begin select raise(abort, 'recall: closed_with_open_tasks'); end;
CREATE TRIGGER recall_keeps_its_identity before update on recall when (1 = 1) and (new.id is not old.id or new.created_at is not old.created_at or new.opened_by is not old.opened_by or new.kind is not old.kind or new.criteria is not old.criteria) begin select raise(abort, 'recall: keeps_its_identity'); end;
CREATE TRIGGER recall_never_goes before delete on recall begin select raise(abort, 'recall is never deleted'); end;
CREATE TRIGGER recall_state_moves before update of state on recall when new.state is not old.state and not ((old.state = 'OPEN' and new.state = 'CLOSED')) begin select raise(abort, 'recall: illegal state'); end;

CREATE TABLE recall_session (
  recall_id text not null references recall (id),
  session_id text not null,
  patient_id text not null,
  finding text not null check (finding in ('TRACED', 'NOT_RULED_OUT')),
  reason text not null,
  detail text,
  found_at text not null,
  primary key (recall_id, session_id),
  foreign key (patient_id, session_id) references session (patient_id, id)
) strict;
CREATE INDEX recall_session_by_patient on recall_session (recall_id, patient_id);
CREATE TRIGGER recall_session_never_changes before update on recall_session begin select raise(abort, 'recall_session is append-only'); end;
CREATE TRIGGER recall_session_never_goes before delete on recall_session begin select raise(abort, 'recall_session is append-only'); end;

CREATE TABLE recall_step (
  id text not null primary key,
  recall_id text not null references recall (id),
  task_id text not null references recall_task (id),
  no integer not null check (no >= 1),
  from_state text not null check (from_state in ('DUE', 'SENT', 'REACHED', 'DECLINED', 'UNREACHABLE')),
  to_state text not null check (to_state in ('DUE', 'SENT', 'REACHED', 'DECLINED', 'UNREACHABLE')),
  channel text check (channel in ('PHONE', 'SMS', 'EMAIL', 'POST', 'IN_PERSON')),
  note text not null,
  done_at text not null,
  done_by text not null references staff (id),
  unique (task_id, no),
  check (from_state <> to_state),
  check (note <> '' or to_state not in ('DECLINED', 'UNREACHABLE', 'DUE'))
) strict;
CREATE INDEX recall_step_by_recall on recall_step (recall_id, task_id, no);
CREATE TRIGGER recall_step_never_changes before update on recall_step begin select raise(abort, 'recall_step is append-only'); end;
CREATE TRIGGER recall_step_never_goes before delete on recall_step begin select raise(abort, 'recall_step is append-only'); end;

CREATE TABLE recall_stock (
  recall_id text not null references recall (id),
  register text not null check (register in ('DEVICE', 'CARTRIDGE_LOT', 'PRODUCT_LOT')),
  subject_id text not null,
  status_before text not null,
  status_after text not null,
  pieces integer,
  set_at text not null,
  primary key (recall_id, subject_id)
) strict;
CREATE TRIGGER recall_stock_never_changes before update on recall_stock begin select raise(abort, 'recall_stock is append-only'); end;
CREATE TRIGGER recall_stock_never_goes before delete on recall_stock begin select raise(abort, 'recall_stock is append-only'); end;

CREATE TABLE recall_task (
  id text not null primary key,
  recall_id text not null references recall (id),
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  finding text not null check (finding in ('TRACED', 'NOT_RULED_OUT')),
  state text not null check (state in ('DUE', 'SENT', 'REACHED', 'DECLINED', 'UNREACHABLE')),
  created_at text not null,
  updated_at text not null,
  unique (recall_id, patient_id)
) strict;
CREATE INDEX recall_task_by_patient on recall_task (patient_id);
CREATE INDEX recall_task_open on recall_task (recall_id, state) where state in ('DUE', 'SENT');
CREATE TRIGGER recall_task_changes_while_open before update on recall_task when not (exists (select 1 from recall where recall.id = old.recall_id and (recall.state = 'OPEN')) and exists (select 1 from recall where recall.id = new.recall_id and (recall.state = 'OPEN'))) begin select raise(abort, 'recall_task: its recall is closed'); end;
CREATE TRIGGER recall_task_comes_while_open before insert on recall_task when not exists (select 1 from recall where recall.id = new.recall_id and (recall.state = 'OPEN')) begin select raise(abort, 'recall_task: its recall is closed'); end;
CREATE TRIGGER recall_task_goes_while_open before delete on recall_task when not exists (select 1 from recall where recall.id = old.recall_id and (recall.state = 'OPEN')) begin select raise(abort, 'recall_task: its recall is closed'); end;
CREATE TRIGGER recall_task_keeps_its_identity before update on recall_task when (1 = 1) and (new.id is not old.id or new.recall_id is not old.recall_id or new.patient_id is not old.patient_id or new.created_at is not old.created_at) begin select raise(abort, 'recall_task: keeps_its_identity'); end;
CREATE TRIGGER recall_task_never_goes before delete on recall_task begin select raise(abort, 'recall_task is never deleted'); end;
CREATE TRIGGER recall_task_state_moves before update of state on recall_task when new.state is not old.state and not ((old.state = 'DUE' and new.state = 'SENT') or (old.state = 'DUE' and new.state = 'REACHED') or (old.state = 'DUE' and new.state = 'DECLINED') or (old.state = 'DUE' and new.state = 'UNREACHABLE') or (old.state = 'SENT' and new.state = 'REACHED') or (old.state = 'SENT' and new.state = 'DECLINED') or (old.state = 'SENT' and new.state = 'UNREACHABLE') or (old.state = 'UNREACHABLE' and new.state = 'SENT') or (old.state = 'UNREACHABLE' and new.state = 'REACHED') or (old.state = 'UNREACHABLE' and new.state = 'DECLINED') or (old.state = 'REACHED' and new.state = 'DUE') or (old.state = 'DECLINED' and new.state = 'DUE') or (old.state = 'DECLINED' and new.state = 'REACHED')) begin select raise(abort, 'recall_task: illegal state'); end;
CREATE TRIGGER recall_task_state_needs_its_step before update on recall_task when new.state is not old.state and not exists (select 1 from recall_step where recall_step.task_id = new.id
           and recall_step.to_state = new.state and recall_step.done_at = new.updated_at) begin select raise(abort, 'recall_task: state_needs_its_step'); end;

CREATE TABLE record_version (
  id text not null primary key,
  kind text not null check (kind in ('patient', 'screening', 'consent', 'order', 'clearance', 'series', 'session', 'sign_off', 'complication', 'addendum', 'policy', 'outcome')),
  record_id text not null,
  patient_id text,
  number integer not null check (number >= 1),
  schema text not null,
  body text not null,
  sha256 text not null,
  made_at text not null,
  made_by text references staff (id),
  reason text not null,
  unique (kind, record_id, number)
) strict;
CREATE TRIGGER record_version_never_changes before update on record_version begin select raise(abort, 'record_version is append-only'); end;
CREATE TRIGGER record_version_never_goes before delete on record_version begin select raise(abort, 'record_version is append-only'); end;
CREATE TRIGGER record_version_patient_stays_while_merged_insert before insert on record_version when new.kind = 'patient' and exists (select 1 from patient_link where merged_id = new.record_id and ended_at is null) begin select raise(abort, 'record_version: patient_stays_while_merged'); end;
CREATE TRIGGER screening_body_stays before insert on record_version when new.kind = 'screening' and new.number > 1 and exists (select 1 from record_version first where first.kind = 'screening' and first.record_id = new.record_id and first.number = 1 and (json_extract(first.body, '$.answers') is not json_extract(new.body, '$.answers') or json_extract(first.body, '$.signature') is not json_extract(new.body, '$.signature') or json_extract(first.body, '$.form') is not json_extract(new.body, '$.form') or json_extract(first.body, '$.takenOn') is not json_extract(new.body, '$.takenOn') or json_extract(first.body, '$.language') is not json_extract(new.body, '$.language') or json_extract(first.body, '$.questionnaireVersion') is not json_extract(new.body, '$.questionnaireVersion'))) begin select raise(abort, 'screening: what was signed stays'); end;

CREATE TABLE screening (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  form text not null check (form in ('FULL', 'SHORT')),
  taken_on text not null,
  questionnaire_major integer not null check (questionnaire_major >= 1),
  signed_at text not null,
  series_id text,
  handed_over_by text not null references staff (id),
  marked text not null,
  has_open_clear integer not null check (has_open_clear in (0, 1)),
  unique (patient_id, id)
) strict;
CREATE INDEX screening_asked on screening (signed_at, id) where has_open_clear = 1;
CREATE INDEX screening_by_form on screening (patient_id, form, created_at);
CREATE INDEX screening_by_time on screening (patient_id, created_at, id);
CREATE TRIGGER screening_keeps_its_own_course before update on screening when new.series_id is not null and not exists (select 1 from series where series.id = new.series_id and series.patient_id = new.patient_id) begin select raise(abort, 'screening: keeps_its_own_course'); end;
CREATE TRIGGER screening_names_its_own_course_insert before insert on screening when new.series_id is not null and not exists (select 1 from series where series.id = new.series_id and series.patient_id = new.patient_id) begin select raise(abort, 'screening: names_its_own_course'); end;
CREATE TRIGGER screening_never_goes before delete on screening begin select raise(abort, 'screening is never deleted'); end;
CREATE TRIGGER screening_not_in_a_merged_chart_insert before insert on screening when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'screening: not_in_a_merged_chart'); end;
CREATE TRIGGER screening_series_stays before update on screening when (old.series_id is not null) and (new.series_id is not old.series_id) begin select raise(abort, 'screening: series_stays'); end;
CREATE TRIGGER screening_signed_stays before update on screening when (old.signed_at is not null) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at or new.form is not old.form or new.taken_on is not old.taken_on or new.questionnaire_major is not old.questionnaire_major or new.signed_at is not old.signed_at or new.handed_over_by is not old.handed_over_by or new.marked is not old.marked) begin select raise(abort, 'screening: signed_stays'); end;

CREATE TABLE series (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  status text not null check (status in ('PLANNED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'ENDED_EARLY', 'MAINTENANCE')),
  sessions_planned integer not null check (sessions_planned between 1 and 12),
  interval_months integer not null check (interval_months between 1 and 12),
  photo_views text check (photo_views <> ''),
  unique (patient_id, id)
) strict;
CREATE INDEX series_by_status on series (status, patient_id);
CREATE TRIGGER series_never_goes before delete on series begin select raise(abort, 'series is never deleted'); end;
CREATE TRIGGER series_not_in_a_merged_chart_insert before insert on series when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'series: not_in_a_merged_chart'); end;
CREATE TRIGGER series_stays_with_its_patient before update on series when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at) begin select raise(abort, 'series: stays_with_its_patient'); end;

CREATE TABLE session (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  series_id text not null,
  session_no integer not null check (session_no >= 1),
  practitioner_id text not null references staff (id),
  author_is_physician integer not null check (author_is_physician in (0, 1)),
  supervising_physician_id text references staff (id),
  order_id text,
  consent_id text,
  device_id text references device (id),
  is_rf integer not null check (is_rf in (0, 1)),
  policy_version_id text references record_version (id),
  record_only integer not null check (record_only in (0, 1)),
  is_started integer not null check (is_started in (0, 1)),
  gate_passed_at text,
  started_at text,
  ended_at text,
  performed_on text,
  room_key text,
  zones integer not null check (zones >= 0),
  max_depth_um integer,
  deviations integer not null check (deviations >= 0),
  warnings integer not null check (warnings >= 0),
  red_flags integer not null check (red_flags >= 0),
  late_entry integer not null check (late_entry in (0, 1)),
  complications integer not null check (complications >= 0),
  state text not null check (state in ('DRAFT', 'SUBMITTED', 'RETURNED', 'SIGNED', 'VOIDED', 'CANCELLED')),
  submissions integer not null check (submissions >= 0),
  returns integer not null check (returns >= 0),
  queue_group integer not null check (queue_group between 0 and 2),
  sign_off_required integer not null check (sign_off_required in (0, 1)),
  submitted_at text,
  due_at text,
  escalate_at text,
  signed_at text,
  signed_by text references staff (id),
  voided_at text,
  voided_by text references staff (id),
  void_reason text,
  correct_session_id text,
  unique (patient_id, id),
  foreign key (patient_id, series_id) references series (patient_id, id),
  foreign key (patient_id, order_id) references treatment_order (patient_id, id),
  foreign key (patient_id, consent_id) references consent (patient_id, id),
  check (state <> 'CANCELLED' or is_started = 0),
  check (state not in ('SUBMITTED', 'RETURNED', 'SIGNED', 'VOIDED') or is_started = 1),
  check (gate_passed_at is null or (is_started = 1 and record_only = 0)),
  check (gate_passed_at is null or policy_version_id is not null or author_is_physician = 1),
  check (record_only = 0 or is_started = 1),
  check (state not in ('SUBMITTED', 'RETURNED', 'SIGNED') or (submitted_at is not null and performed_on is not null)),
  check ((submitted_at is null) = (due_at is null)),
  check ((submitted_at is null) = (escalate_at is null)),
  check ((signed_at is null) = (signed_by is null)),
  check (sign_off_required = 1 or state <> 'SUBMITTED'
    or (queue_group = 2 and deviations = 0 and warnings = 0 and red_flags = 0 and complications = 0)),
  check (state <> 'SIGNED' or signed_at is not null),
  check (signed_at is null or state in ('SIGNED', 'VOIDED')),
  check ((state = 'VOIDED') = (voided_at is not null)),
  check ((voided_at is null) = (voided_by is null)),
  check ((voided_at is null) = (void_reason is null))
) strict;
CREATE INDEX session_by_day on session (performed_on, id);
CREATE INDEX session_by_device on session (device_id, performed_on);
CREATE INDEX session_by_order on session (order_id);
CREATE INDEX session_by_patient on session (patient_id, created_at, id);
CREATE INDEX session_by_practitioner on session (practitioner_id, performed_on);
CREATE INDEX session_by_room on session (room_key, performed_on);
CREATE INDEX session_by_series on session (series_id, performed_on);
CREATE INDEX session_done on session (patient_id, performed_on, id, series_id, order_id)
      where is_started = 1 and state not in ('VOIDED', 'CANCELLED');
CREATE UNIQUE INDEX session_no_in_series on session (series_id, session_no) where state <> 'VOIDED' and state <> 'CANCELLED';
CREATE INDEX session_open_work on session (practitioner_id, updated_at, id) where state in ('DRAFT', 'RETURNED');
CREATE INDEX session_queue on session (queue_group, due_at, id, practitioner_id, sign_off_required) where state = 'SUBMITTED';
CREATE INDEX session_queue_of on session (supervising_physician_id, queue_group, due_at, id) where state = 'SUBMITTED';
CREATE INDEX session_told on session (patient_id, (coalesce(started_at, created_at)), id);
CREATE INDEX session_unfinished on session (patient_id, created_at, id)
      where state in ('DRAFT', 'SUBMITTED', 'RETURNED');
CREATE TRIGGER session_begins_as_draft_insert before insert on session when new.state <> 'DRAFT' begin select raise(abort, 'session: begins_as_draft'); end;
CREATE TRIGGER session_cartridge_of_another_visit before update on session when old.gate_passed_at is null and new.gate_passed_at is not null and exists (select 1 from session_cartridge own
       join session_cartridge other on other.cartridge_key = own.cartridge_key and other.session_id <> own.session_id
       join session visit on visit.id = other.session_id and visit.is_started = 1 and visit.state not in ('VOIDED', 'CANCELLED')
       where own.session_id = new.id and own.cartridge_key is not null) begin select raise(abort, 'session: cartridge_of_another_visit'); end;
CREATE TRIGGER session_closed_stays before update on session when (old.state in ('VOIDED', 'CANCELLED')) and (new.version_id is not old.version_id or new.session_no is not old.session_no or new.supervising_physician_id is not old.supervising_physician_id or new.order_id is not old.order_id or new.consent_id is not old.consent_id or new.device_id is not old.device_id or new.is_rf is not old.is_rf or new.policy_version_id is not old.policy_version_id or new.record_only is not old.record_only or new.is_started is not old.is_started or new.gate_passed_at is not old.gate_passed_at or new.started_at is not old.started_at or new.ended_at is not old.ended_at or new.performed_on is not old.performed_on or new.room_key is not old.room_key or new.zones is not old.zones or new.max_depth_um is not old.max_depth_um or new.deviations is not old.deviations or new.warnings is not old.warnings or new.red_flags is not old.red_flags or new.late_entry is not old.late_entry or new.submissions is not old.submissions or new.submitted_at is not old.submitted_at or new.due_at is not old.due_at or new.escalate_at is not old.escalate_at or new.sign_off_required is not old.sign_off_required or new.signed_at is not old.signed_at or new.signed_by is not old.signed_by or new.voided_at is not old.voided_at or new.voided_by is not old.voided_by or new.void_reason is not old.void_reason or new.correct_session_id is not old.correct_session_id) begin select raise(abort, 'session: closed_stays'); end;
CREATE TRIGGER session_deadline_stays before update on session when (old.state = 'SUBMITTED' and not (old.sign_off_required = 0 and new.sign_off_required = 1)) and (new.due_at is not old.due_at or new.escalate_at is not old.escalate_at or new.sign_off_required is not old.sign_off_required) begin select raise(abort, 'session: deadline_stays'); end;
CREATE TRIGGER session_keeps_its_identity before update on session when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at or new.series_id is not old.series_id or new.practitioner_id is not old.practitioner_id or new.author_is_physician is not old.author_is_physician) begin select raise(abort, 'session: keeps_its_identity'); end;
CREATE TRIGGER session_lot_is_used_up before update on session when old.gate_passed_at is null and new.gate_passed_at is not null and exists (select 1 from cartridge_lot where id in (select cartridge_lot_id from session_cartridge
       where session_id = new.id) and received_quantity - discarded_quantity - used_quantity
         < (select count(*) from session_cartridge where session_id = new.id and cartridge_lot_id = cartridge_lot.id)) begin select raise(abort, 'session: lot_is_used_up'); end;
CREATE TRIGGER session_never_goes before delete on session begin select raise(abort, 'session is never deleted'); end;
CREATE TRIGGER session_not_in_a_merged_chart_insert before insert on session when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'session: not_in_a_merged_chart'); end;
CREATE TRIGGER session_recalled_after_a_physician_opened_it before update on session when old.state = 'SUBMITTED' and new.state = 'DRAFT' and exists (select 1 from audit_entry
           where audit_entry.action = 'session.open' and audit_entry.version_id = old.version_id
             and audit_entry.outcome = 'DONE' and audit_entry.actor_id <> old.practitioner_id
             and audit_entry.roles like '%physician%') begin select raise(abort, 'session: recalled_after_a_physician_opened_it'); end;
CREATE TRIGGER session_signed_needs_a_second_person before update on session when new.state = 'SIGNED' and old.state <> 'SIGNED' and not exists (select 1 from signature
           join staff_grant on staff_grant.staff_id = signature.signer_id and staff_grant.role = 'physician'
             and staff_grant.ended_at is null
           where signature.kind = 'session' and signature.record_id = new.id and signature.version_id = new.version_id
             and signature.signer_id = new.signed_by
             and ((old.state = 'SUBMITTED' and signature.signer_id <> new.practitioner_id
                   and signature.meaning in ('REVIEWED_AND_APPROVED', 'REVIEWED_WITH_DEVIATIONS'))
               or (old.state = 'DRAFT' and new.author_is_physician = 1 and signature.signer_id = new.practitioner_id
                   and signature.meaning = 'AUTHOR_PHYSICIAN'))) begin select raise(abort, 'session: signed_needs_a_second_person'); end;
CREATE TRIGGER session_signed_stays before update on session when (old.state = 'SIGNED') and (new.version_id is not old.version_id or new.session_no is not old.session_no or new.supervising_physician_id is not old.supervising_physician_id or new.order_id is not old.order_id or new.consent_id is not old.consent_id or new.device_id is not old.device_id or new.is_rf is not old.is_rf or new.policy_version_id is not old.policy_version_id or new.record_only is not old.record_only or new.is_started is not old.is_started or new.gate_passed_at is not old.gate_passed_at or new.started_at is not old.started_at or new.ended_at is not old.ended_at or new.performed_on is not old.performed_on or new.room_key is not old.room_key or new.zones is not old.zones or new.max_depth_um is not old.max_depth_um or new.deviations is not old.deviations or new.warnings is not old.warnings or new.red_flags is not old.red_flags or new.late_entry is not old.late_entry or new.submissions is not old.submissions or new.submitted_at is not old.submitted_at or new.due_at is not old.due_at or new.escalate_at is not old.escalate_at or new.sign_off_required is not old.sign_off_required or new.signed_at is not old.signed_at or new.signed_by is not old.signed_by) begin select raise(abort, 'session: signed_stays'); end;
CREATE TRIGGER session_start_is_not_undone before update on session when old.is_started = 1 and new.is_started = 0 begin select raise(abort, 'session: start_is_not_undone'); end;
CREATE TRIGGER session_start_needs_an_approved_policy before update on session when old.gate_passed_at is null and new.gate_passed_at is not null and new.author_is_physician = 0
           and not exists (select 1 from policy where policy.version_id = new.policy_version_id and policy.state = 'APPROVED') begin select raise(abort, 'session: start_needs_an_approved_policy'); end;
CREATE TRIGGER session_state_moves before update of state on session when new.state is not old.state and not ((old.state = 'DRAFT' and new.state = 'SUBMITTED') or (old.state = 'DRAFT' and new.state = 'SIGNED') or (old.state = 'DRAFT' and new.state = 'CANCELLED') or (old.state = 'DRAFT' and new.state = 'VOIDED') or (old.state = 'SUBMITTED' and new.state = 'DRAFT') or (old.state = 'SUBMITTED' and new.state = 'RETURNED') or (old.state = 'SUBMITTED' and new.state = 'SIGNED') or (old.state = 'SUBMITTED' and new.state = 'VOIDED') or (old.state = 'RETURNED' and new.state = 'SUBMITTED') or (old.state = 'RETURNED' and new.state = 'VOIDED') or (old.state = 'SIGNED' and new.state = 'VOIDED')) begin select raise(abort, 'session: illegal state'); end;
CREATE TRIGGER session_submitted_needs_its_author before update on session when new.state = 'SUBMITTED' and old.state <> 'SUBMITTED' and not exists (select 1 from signature
           where signature.kind = 'session' and signature.record_id = new.id and signature.version_id = new.version_id
             and signature.meaning = 'AUTHOR' and signature.signer_id = new.practitioner_id) begin select raise(abort, 'session: submitted_needs_its_author'); end;
CREATE TRIGGER session_submitted_stays before update on session when (old.state = 'SUBMITTED') and (new.version_id is not old.version_id or new.session_no is not old.session_no or new.supervising_physician_id is not old.supervising_physician_id or new.order_id is not old.order_id or new.consent_id is not old.consent_id or new.device_id is not old.device_id or new.is_rf is not old.is_rf or new.policy_version_id is not old.policy_version_id or new.record_only is not old.record_only or new.is_started is not old.is_started or new.gate_passed_at is not old.gate_passed_at or new.started_at is not old.started_at or new.ended_at is not old.ended_at or new.performed_on is not old.performed_on or new.room_key is not old.room_key or new.zones is not old.zones or new.max_depth_um is not old.max_depth_um or new.deviations is not old.deviations or new.warnings is not old.warnings or new.red_flags is not old.red_flags or new.late_entry is not old.late_entry or new.submissions is not old.submissions or new.submitted_at is not old.submitted_at) begin select raise(abort, 'session: submitted_stays'); end;
CREATE TRIGGER session_uses_its_cartridges after update on session when (old.is_started = 1 and old.state not in ('VOIDED', 'CANCELLED')) <> (new.is_started = 1 and new.state not in ('VOIDED', 'CANCELLED')) begin update cartridge_lot set used_quantity = used_quantity + (case when new.is_started = 1 and new.state not in ('VOIDED', 'CANCELLED') then 1 else -1 end)
       * (select count(*) from session_cartridge where session_id = new.id and cartridge_lot_id = cartridge_lot.id)
     where id in (select cartridge_lot_id from session_cartridge where session_id = new.id); end;

CREATE TABLE session_cartridge (
  patient_id text not null,
  session_id text not null,
  no integer not null check (no >= 1),
  label text not null,
  cartridge_lot_id text references cartridge_lot (id),
  lot_raw text not null,
  lot_normalised text not null,
  lot_legible integer not null check (lot_legible in (0, 1)),
  serial text,
  cartridge_key text,
  expires_on text,
  primary key (session_id, no),
  foreign key (patient_id, session_id) references session (patient_id, id)
) strict;
CREATE INDEX session_cartridge_by_key on session_cartridge (cartridge_key, session_id);
CREATE INDEX session_cartridge_by_lot on session_cartridge (lot_normalised, session_id);
CREATE INDEX session_cartridge_by_register on session_cartridge (cartridge_lot_id, session_id);
CREATE INDEX session_cartridge_illegible on session_cartridge (session_id) where lot_legible = 0;
CREATE TRIGGER session_cartridge_changes_while_open before update on session_cartridge when not (exists (select 1 from session where session.id = old.session_id and (session.state in ('DRAFT', 'RETURNED'))) and exists (select 1 from session where session.id = new.session_id and (session.state in ('DRAFT', 'RETURNED')))) begin select raise(abort, 'session_cartridge: its session is closed'); end;
CREATE TRIGGER session_cartridge_comes_while_open before insert on session_cartridge when not exists (select 1 from session where session.id = new.session_id and (session.state in ('DRAFT', 'RETURNED'))) begin select raise(abort, 'session_cartridge: its session is closed'); end;
CREATE TRIGGER session_cartridge_goes_while_open before delete on session_cartridge when not exists (select 1 from session where session.id = old.session_id and (session.state in ('DRAFT', 'RETURNED'))) begin select raise(abort, 'session_cartridge: its session is closed'); end;
CREATE TRIGGER session_cartridge_is_used after insert on session_cartridge when new.cartridge_lot_id is not null and exists (select 1 from session where session.id = new.session_id and session.is_started = 1 and session.state not in ('VOIDED', 'CANCELLED')) begin update cartridge_lot set used_quantity = used_quantity + 1 where id = new.cartridge_lot_id; end;
CREATE TRIGGER session_cartridge_is_used_no_more after delete on session_cartridge when old.cartridge_lot_id is not null and exists (select 1 from session where session.id = old.session_id and session.is_started = 1 and session.state not in ('VOIDED', 'CANCELLED')) begin update cartridge_lot set used_quantity = used_quantity - 1 where id = old.cartridge_lot_id; end;

CREATE TABLE session_disposition (
  id text not null primary key,
  patient_id text not null,
  session_id text not null,
  version_id text not null references record_version (id),
  deviation_id text not null,
  disposition text not null check (disposition in ('ACCEPTED', 'COUNSELLED', 'INCIDENT', 'REPORTED')),
  note text not null,
  decided_by text not null references staff (id),
  decided_at text not null,
  unique (version_id, deviation_id),
  foreign key (patient_id, session_id) references session (patient_id, id)
) strict;
CREATE INDEX session_disposition_by_session on session_disposition (session_id);
CREATE TRIGGER session_disposition_never_changes before update on session_disposition begin select raise(abort, 'session_disposition is append-only'); end;
CREATE TRIGGER session_disposition_never_goes before delete on session_disposition begin select raise(abort, 'session_disposition is append-only'); end;

CREATE TABLE session_interval_clearance (
  id text not null primary key,
  patient_id text not null,
  session_id text not null,
  reason text not null check (reason <> ''),
  cleared_by text not null references staff (id),
  cleared_at text not null,
  foreign key (patient_id, session_id) references session (patient_id, id)
) strict;
CREATE INDEX session_interval_clearance_by_session on session_interval_clearance (session_id);
CREATE TRIGGER session_interval_clearance_never_changes before update on session_interval_clearance begin select raise(abort, 'session_interval_clearance is append-only'); end;
CREATE TRIGGER session_interval_clearance_never_goes before delete on session_interval_clearance begin select raise(abort, 'session_interval_clearance is append-only'); end;

CREATE TABLE session_photo (
  patient_id text not null,
  session_id text not null,
  no integer not null check (no >= 1),
  moment text not null check (moment in ('BEFORE', 'AFTER')),
  photo_id text not null,
  view_code text not null check (view_code in ('FRONT', 'L45', 'L90', 'R45', 'R90', 'DETAIL')),
  sha256 text not null check (length(sha256) = 64),
  primary key (session_id, no),
  foreign key (patient_id, session_id) references session (patient_id, id),
  foreign key (patient_id, photo_id) references photo (patient_id, id)
) strict;
CREATE INDEX session_photo_by_photo on session_photo (photo_id, session_id);
CREATE TRIGGER session_photo_changes_while_open before update on session_photo when not (exists (select 1 from session where session.id = old.session_id and (session.state in ('DRAFT', 'RETURNED'))) and exists (select 1 from session where session.id = new.session_id and (session.state in ('DRAFT', 'RETURNED')))) begin select raise(abort, 'session_photo: its session is closed'); end;
CREATE TRIGGER session_photo_comes_while_open before insert on session_photo when not exists (select 1 from session where session.id = new.session_id and (session.state in ('DRAFT', 'RETURNED'))) begin select raise(abort, 'session_photo: its session is closed'); end;
CREATE TRIGGER session_photo_goes_while_open before delete on session_photo when not exists (select 1 from session where session.id = old.session_id and (session.state in ('DRAFT', 'RETURNED'))) begin select raise(abort, 'session_photo: its session is closed'); end;
CREATE TRIGGER session_photo_is_another_picture_insert before insert on session_photo when not exists (select 1 from photo join attachment on attachment.id = photo.image_id
           where photo.id = new.photo_id and photo.view_code = new.view_code and attachment.sha256 = new.sha256) begin select raise(abort, 'session_photo: is_another_picture'); end;
CREATE TRIGGER session_photo_is_of_another_day_insert before insert on session_photo when not exists (select 1 from photo join session on session.id = new.session_id
           where photo.id = new.photo_id and photo.taken_on = session.performed_on) begin select raise(abort, 'session_photo: is_of_another_day'); end;
CREATE TRIGGER session_photo_was_removed_insert before insert on session_photo when exists (select 1 from photo where photo.id = new.photo_id and photo.voided_at is not null) begin select raise(abort, 'session_photo: was_removed'); end;

CREATE TABLE session_preset (
  id text not null primary key,
  version integer not null check (version >= 1),
  state text not null check (state in ('IN_USE', 'RETIRED')),
  name text not null check (name <> ''),
  name_key text not null check (name_key <> ''),
  zones text not null check (zones <> '[]'),
  created_at text not null,
  created_by text not null references staff (id),
  updated_at text not null,
  updated_by text not null references staff (id)
) strict;
CREATE UNIQUE INDEX session_preset_name on session_preset (name_key) where state = 'IN_USE';
CREATE TRIGGER session_preset_never_goes before delete on session_preset begin select raise(abort, 'session_preset is never deleted'); end;
CREATE TRIGGER session_preset_retired_stays before update on session_preset when (old.state = 'RETIRED') and (new.version is not old.version or new.state is not old.state or new.name is not old.name or new.zones is not old.zones or new.updated_at is not old.updated_at) begin select raise(abort, 'session_preset: retired_stays'); end;
CREATE TRIGGER session_preset_state_moves before update of state on session_preset when new.state is not old.state and not ((old.state = 'IN_USE' and new.state = 'RETIRED')) begin select raise(abort, 'session_preset: illegal state'); end;

CREATE TABLE session_product (
  patient_id text not null,
  session_id text not null,
  no integer not null check (no >= 1),
  used_as text not null check (used_as in ('SKIN_PREP', 'ANAESTHETIC', 'ADDON', 'DURING', 'AFTER')),
  product_lot_id text references product_lot (id),
  name text not null,
  lot_raw text,
  lot_normalised text,
  lot_legible integer not null check (lot_legible in (0, 1)),
  primary key (session_id, no),
  foreign key (patient_id, session_id) references session (patient_id, id)
) strict;
CREATE INDEX session_product_by_lot on session_product (lot_normalised, session_id);
CREATE INDEX session_product_by_name on session_product (lower(name), session_id);
CREATE INDEX session_product_by_register on session_product (product_lot_id, session_id);
CREATE INDEX session_product_illegible on session_product (lower(name), session_id) where lot_legible = 0;
CREATE TRIGGER session_product_changes_while_open before update on session_product when not (exists (select 1 from session where session.id = old.session_id and (session.state in ('DRAFT', 'RETURNED'))) and exists (select 1 from session where session.id = new.session_id and (session.state in ('DRAFT', 'RETURNED')))) begin select raise(abort, 'session_product: its session is closed'); end;
CREATE TRIGGER session_product_comes_while_open before insert on session_product when not exists (select 1 from session where session.id = new.session_id and (session.state in ('DRAFT', 'RETURNED'))) begin select raise(abort, 'session_product: its session is closed'); end;
CREATE TRIGGER session_product_goes_while_open before delete on session_product when not exists (select 1 from session where session.id = old.session_id and (session.state in ('DRAFT', 'RETURNED'))) begin select raise(abort, 'session_product: its session is closed'); end;

CREATE TABLE session_return (
  id text not null primary key,
  patient_id text not null,
  session_id text not null,
  no integer not null check (no >= 1),
  version_id text not null references record_version (id),
  reason text not null check (reason <> ''),
  pointers text not null,
  due_at text not null,
  returned_by text not null references staff (id),
  returned_at text not null,
  takeover_reason text,
  replies text,
  replied_at text,
  reply_version_id text references record_version (id),
  unique (session_id, no),
  foreign key (patient_id, session_id) references session (patient_id, id),
  check ((replies is null) = (replied_at is null)),
  check ((replies is null) = (reply_version_id is null))
) strict;
CREATE TRIGGER session_return_never_goes before delete on session_return begin select raise(abort, 'session_return is never deleted'); end;
CREATE TRIGGER session_return_reply_stays before update on session_return when (old.replies is not null) and (new.replies is not old.replies or new.replied_at is not old.replied_at or new.reply_version_id is not old.reply_version_id) begin select raise(abort, 'session_return: reply_stays'); end;
CREATE TRIGGER session_return_said_stays before update on session_return when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.session_id is not old.session_id or new.no is not old.no or new.version_id is not old.version_id or new.reason is not old.reason or new.pointers is not old.pointers or new.due_at is not old.due_at or new.returned_by is not old.returned_by or new.returned_at is not old.returned_at or new.takeover_reason is not old.takeover_reason) begin select raise(abort, 'session_return: said_stays'); end;

CREATE TABLE session_zone (
  patient_id text not null,
  session_id text not null,
  no integer not null check (no >= 1),
  zone text not null,
  side text not null check (side in ('L', 'R', 'M')),
  site text,
  indication text not null,
  depth_um integer not null check (depth_um > 0),
  technique text not null,
  passes integer not null check (passes >= 1),
  cartridge text not null,
  primary key (session_id, no),
  foreign key (patient_id, session_id) references session (patient_id, id)
) strict;
CREATE INDEX session_zone_by_place on session_zone (patient_id, zone, side);
CREATE TRIGGER session_zone_changes_while_open before update on session_zone when not (exists (select 1 from session where session.id = old.session_id and (session.state in ('DRAFT', 'RETURNED'))) and exists (select 1 from session where session.id = new.session_id and (session.state in ('DRAFT', 'RETURNED')))) begin select raise(abort, 'session_zone: its session is closed'); end;
CREATE TRIGGER session_zone_comes_while_open before insert on session_zone when not exists (select 1 from session where session.id = new.session_id and (session.state in ('DRAFT', 'RETURNED'))) begin select raise(abort, 'session_zone: its session is closed'); end;
CREATE TRIGGER session_zone_goes_while_open before delete on session_zone when not exists (select 1 from session where session.id = old.session_id and (session.state in ('DRAFT', 'RETURNED'))) begin select raise(abort, 'session_zone: its session is closed'); end;

CREATE TABLE sign_off (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  record_kind text not null check (record_kind in ('SESSION', 'ADDENDUM')),
  record_id text not null,
  record_version_id text not null references record_version (id),
  signer_id text not null references staff (id),
  meaning text not null check (meaning in ('REVIEWED_AND_APPROVED', 'REVIEWED_WITH_DEVIATIONS', 'AUTHOR_PHYSICIAN')),
  decision text not null check (decision in ('PROCEED', 'MODIFY', 'HOLD', 'STOP')),
  signed_at text not null,
  batch_id text,
  unique (patient_id, id),
  unique (record_version_id)
) strict;
CREATE INDEX sign_off_by_patient on sign_off (patient_id, signed_at);
CREATE INDEX sign_off_by_record on sign_off (record_kind, record_id);
CREATE INDEX sign_off_by_signer on sign_off (signer_id, signed_at);
CREATE TRIGGER sign_off_never_changes before update on sign_off begin select raise(abort, 'sign_off is append-only'); end;
CREATE TRIGGER sign_off_never_goes before delete on sign_off begin select raise(abort, 'sign_off is append-only'); end;

CREATE TABLE signature (
  id text not null primary key,
  scheme text not null,
  kind text not null check (kind in ('patient', 'screening', 'consent', 'order', 'clearance', 'series', 'session', 'sign_off', 'complication', 'addendum', 'policy', 'outcome')),
  record_id text not null,
  number integer not null check (number >= 1),
  version_id text not null references record_version (id),
  sha256 text not null,
  signer_id text references staff (id),
  signer_name text not null,
  credential text not null,
  licence text not null,
  meaning text not null,
  signed_at text not null,
  offset_min integer not null,
  key_id text,
  unique (kind, record_id, number)
) strict;
CREATE INDEX signature_by_signer on signature (signer_id) where kind in ('session', 'sign_off');
CREATE INDEX signature_by_version on signature (version_id);
CREATE TRIGGER signature_never_changes before update on signature begin select raise(abort, 'signature is append-only'); end;
CREATE TRIGGER signature_never_goes before delete on signature begin select raise(abort, 'signature is append-only'); end;

CREATE TABLE signature_seal (
  signature_id text not null primary key references signature (id),
  record_id text not null,
  chain_of text not null,
  chain_no integer not null check (chain_no >= 1),
  statement text not null,
  signature text not null check (length(signature) = 86),
  entry_sha256 text not null check (length(entry_sha256) = 64),
  unique (chain_of, chain_no)
) strict;
CREATE INDEX signature_seal_by_record on signature_seal (record_id);
CREATE TRIGGER signature_seal_never_changes before update on signature_seal begin select raise(abort, 'signature_seal is append-only'); end;
CREATE TRIGGER signature_seal_never_goes before delete on signature_seal begin select raise(abort, 'signature_seal is append-only'); end;

CREATE TABLE signing_key (
  id text not null primary key,
  staff_id text references staff (id),
  public_key text not null unique,
  certificate text not null,
  certificate_signature text not null,
  because text not null check (because in ('CLINIC', 'FIRST_SIGN_IN', 'RESET')),
  made_at text not null,
  ended_at text,
  check ((because = 'CLINIC') = (staff_id is null))
) strict;
CREATE UNIQUE INDEX signing_key_in_use on signing_key (staff_id) where ended_at is null and staff_id is not null;
CREATE UNIQUE INDEX signing_key_of_clinic on signing_key (because) where because = 'CLINIC' and ended_at is null;
CREATE TRIGGER signing_key_ends_once before update on signing_key when (old.ended_at is not null) and (new.ended_at is not old.ended_at) begin select raise(abort, 'signing_key: ends_once'); end;
CREATE TRIGGER signing_key_never_goes before delete on signing_key begin select raise(abort, 'signing_key is never deleted'); end;
CREATE TRIGGER signing_key_stays before update on signing_key when (1 = 1) and (new.id is not old.id or new.staff_id is not old.staff_id or new.public_key is not old.public_key or new.certificate is not old.certificate or new.certificate_signature is not old.certificate_signature or new.because is not old.because or new.made_at is not old.made_at) begin select raise(abort, 'signing_key: stays'); end;

CREATE TABLE signing_secret (
  key_id text not null primary key references signing_key (id),
  wrapped_by text not null check (wrapped_by in ('STORE', 'PASSWORD')),
  salt text not null,
  cost integer not null,
  block_size integer not null,
  parallelization integer not null,
  nonce text not null,
  sealed text not null,
  tag text not null
) strict;

CREATE TABLE staff (
  id text not null primary key,
  version integer not null check (version >= 1),
  sign_in_name text not null unique,
  printed_name text not null,
  credential text not null,
  board_certification text,
  licence_number text,
  licence_state text,
  licence_level text,
  licence_expires_on text,
  examiner_kind text check (examiner_kind in ('PHYSICIAN', 'NP', 'PA')),
  status text not null check (status in ('INVITED', 'ACTIVE', 'DEACTIVATED')),
  created_at text not null,
  updated_at text not null
) strict;
CREATE TRIGGER staff_credential_is_kept before update on staff when (new.credential is not old.credential or new.licence_number is not old.licence_number or new.licence_state is not old.licence_state or new.licence_level is not old.licence_level or new.licence_expires_on is not old.licence_expires_on) and not exists (
           select 1 from staff_credential c where c.staff_id = new.id and c.version = new.version
             and c.credential is new.credential and c.licence_number is new.licence_number and c.licence_state is new.licence_state and c.licence_level is new.licence_level and c.licence_expires_on is new.licence_expires_on) begin select raise(abort, 'staff: credential_is_kept'); end;
CREATE TRIGGER staff_never_goes before delete on staff begin select raise(abort, 'staff is never deleted'); end;

CREATE TABLE staff_credential (
  staff_id text not null references staff (id),
  version integer not null check (version >= 1),
  printed_name text not null,
  credential text not null,
  board_certification text,
  licence_number text,
  licence_state text,
  licence_level text,
  licence_expires_on text,
  made_at text not null,
  made_by text references staff (id),
  primary key (staff_id, version)
) strict;
CREATE TRIGGER staff_credential_never_changes before update on staff_credential begin select raise(abort, 'staff_credential is append-only'); end;
CREATE TRIGGER staff_credential_never_goes before delete on staff_credential begin select raise(abort, 'staff_credential is append-only'); end;

CREATE TABLE staff_delegation (
  id text not null primary key,
  physician_id text not null references staff (id),
  deputy_id text not null references staff (id),
  from_on text not null,
  until_on text not null,
  made_at text not null,
  made_by text not null references staff (id),
  withdrawn_at text,
  withdrawn_by text references staff (id),
  check ((withdrawn_at is null) = (withdrawn_by is null)),
  check (physician_id <> deputy_id),
  check (until_on >= from_on)
) strict;
CREATE INDEX staff_delegation_by_deputy on staff_delegation (deputy_id, from_on);
CREATE INDEX staff_delegation_by_physician on staff_delegation (physician_id, from_on);
CREATE TRIGGER staff_delegation_delegation_stays before update on staff_delegation when (1 = 1) and (new.physician_id is not old.physician_id or new.deputy_id is not old.deputy_id or new.from_on is not old.from_on) begin select raise(abort, 'staff_delegation: delegation_stays'); end;
CREATE TRIGGER staff_delegation_never_goes before delete on staff_delegation begin select raise(abort, 'staff_delegation is never deleted'); end;
CREATE TRIGGER staff_delegation_one_step_to_a_deputy_insert before insert on staff_delegation when exists (select 1 from staff_delegation known where (known.physician_id = new.physician_id or known.physician_id = new.deputy_id or known.deputy_id = new.physician_id) and known.withdrawn_at is null
    and (new.until_on is null or known.from_on <= new.until_on)
    and (known.until_on is null or new.from_on <= known.until_on)) begin select raise(abort, 'staff_delegation: one_step_to_a_deputy'); end;
CREATE TRIGGER staff_delegation_only_ends_earlier before update on staff_delegation when new.until_on is not old.until_on and (new.until_on is null or (old.until_on is not null and new.until_on > old.until_on)) begin select raise(abort, 'staff_delegation: only_ends_earlier'); end;
CREATE TRIGGER staff_delegation_withdrawn_stays before update on staff_delegation when (old.withdrawn_at is not null) and (new.withdrawn_at is not old.withdrawn_at or new.withdrawn_by is not old.withdrawn_by) begin select raise(abort, 'staff_delegation: withdrawn_stays'); end;

CREATE TABLE staff_grant (
  id text not null primary key,
  staff_id text not null references staff (id),
  role text not null check (role in ('frontDesk', 'aesthetician', 'physician', 'manager')),
  granted_at text not null,
  granted_by text references staff (id),
  ended_at text
) strict;
CREATE INDEX staff_grant_by_staff on staff_grant (staff_id, ended_at);
CREATE TRIGGER staff_grant_ended_stays_ended before update on staff_grant when (old.ended_at is not null) and (new.ended_at is not old.ended_at or new.role is not old.role or new.staff_id is not old.staff_id) begin select raise(abort, 'staff_grant: ended_stays_ended'); end;
CREATE TRIGGER staff_grant_never_goes before delete on staff_grant begin select raise(abort, 'staff_grant is never deleted'); end;

CREATE TABLE staff_incident (
  id text not null primary key,
  kind text not null check (kind in ('NEEDLESTICK', 'CUT', 'SPLASH', 'OTHER')),
  injured_id text not null references staff (id),
  happened_on text not null,
  at_time text not null,
  place text not null,
  device text not null,
  how_it_happened text not null,
  first_aid text not null,
  evaluation text not null check (evaluation in ('TO_ARRANGE', 'DONE', 'DECLINED')),
  recorded_by text not null references staff (id),
  recorded_at text not null,
  closed_by text references staff (id),
  closed_at text,
  check ((closed_at is null) = (closed_by is null)),
  check (closed_at is null or evaluation <> 'TO_ARRANGE')
) strict;
CREATE INDEX staff_incident_by_day on staff_incident (happened_on, recorded_at, id);
CREATE TRIGGER staff_incident_closed_stays before update on staff_incident when (old.closed_at is not null) and (new.evaluation is not old.evaluation or new.closed_by is not old.closed_by or new.closed_at is not old.closed_at) begin select raise(abort, 'staff_incident: closed_stays'); end;
CREATE TRIGGER staff_incident_never_goes before delete on staff_incident begin select raise(abort, 'staff_incident is never deleted'); end;
CREATE TRIGGER staff_incident_stays_as_recorded before update on staff_incident when (1 = 1) and (new.id is not old.id or new.kind is not old.kind or new.injured_id is not old.injured_id or new.happened_on is not old.happened_on or new.at_time is not old.at_time or new.place is not old.place or new.device is not old.device or new.how_it_happened is not old.how_it_happened or new.first_aid is not old.first_aid or new.recorded_by is not old.recorded_by or new.recorded_at is not old.recorded_at) begin select raise(abort, 'staff_incident: stays_as_recorded'); end;

CREATE TABLE staff_incident_note (
  id text not null primary key,
  incident_id text not null references staff_incident (id),
  text text not null check (length(text) > 0),
  noted_by text not null references staff (id),
  noted_at text not null
) strict;
CREATE INDEX staff_incident_note_by_incident on staff_incident_note (incident_id, noted_at, id);
CREATE TRIGGER staff_incident_note_never_changes before update on staff_incident_note begin select raise(abort, 'staff_incident_note is append-only'); end;
CREATE TRIGGER staff_incident_note_never_goes before delete on staff_incident_note begin select raise(abort, 'staff_incident_note is append-only'); end;

CREATE TABLE staff_secret (
  staff_id text not null primary key references staff (id),
  password_hash text,
  pin_hash text,
  one_time_code_hash text,
  one_time_code_until text,
  one_time_code_by text references staff (id),
  one_time_code_at text,
  password_misses integer not null,
  locked_until text,
  lock_ms integer not null,
  pin_misses integer not null,
  pin_off integer not null check (pin_off in (0, 1))
) strict;

CREATE TABLE staff_supervision (
  id text not null primary key,
  staff_id text not null references staff (id),
  physician_id text not null references staff (id),
  from_on text not null,
  until_on text,
  made_at text not null,
  made_by text not null references staff (id),
  withdrawn_at text,
  withdrawn_by text references staff (id),
  check ((withdrawn_at is null) = (withdrawn_by is null)),
  check (staff_id <> physician_id),
  check (until_on is null or until_on >= from_on)
) strict;
CREATE INDEX staff_supervision_by_physician on staff_supervision (physician_id, from_on);
CREATE INDEX staff_supervision_by_staff on staff_supervision (staff_id, from_on);
CREATE TRIGGER staff_supervision_link_stays before update on staff_supervision when (1 = 1) and (new.staff_id is not old.staff_id or new.physician_id is not old.physician_id or new.from_on is not old.from_on) begin select raise(abort, 'staff_supervision: link_stays'); end;
CREATE TRIGGER staff_supervision_never_goes before delete on staff_supervision begin select raise(abort, 'staff_supervision is never deleted'); end;
CREATE TRIGGER staff_supervision_one_supervisor_a_day_insert before insert on staff_supervision when exists (select 1 from staff_supervision known where (known.staff_id = new.staff_id) and known.withdrawn_at is null
    and (new.until_on is null or known.from_on <= new.until_on)
    and (known.until_on is null or new.from_on <= known.until_on)) begin select raise(abort, 'staff_supervision: one_supervisor_a_day'); end;
CREATE TRIGGER staff_supervision_only_ends_earlier before update on staff_supervision when new.until_on is not old.until_on and (new.until_on is null or (old.until_on is not null and new.until_on > old.until_on)) begin select raise(abort, 'staff_supervision: only_ends_earlier'); end;
CREATE TRIGGER staff_supervision_withdrawn_stays before update on staff_supervision when (old.withdrawn_at is not null) and (new.withdrawn_at is not old.withdrawn_at or new.withdrawn_by is not old.withdrawn_by) begin select raise(abort, 'staff_supervision: withdrawn_stays'); end;

CREATE TABLE staff_training (
  id text not null primary key,
  staff_id text not null references staff (id),
  manufacturer text not null check (manufacturer <> ''),
  model text not null check (model <> ''),
  certificate text not null check (certificate <> ''),
  completed_on text not null,
  expires_on text,
  withdrawn_reason text,
  made_at text not null,
  made_by text not null references staff (id),
  withdrawn_at text,
  withdrawn_by text references staff (id),
  check ((withdrawn_at is null) = (withdrawn_by is null)),
  check (expires_on is null or expires_on >= completed_on),
  check ((withdrawn_at is null) = (withdrawn_reason is null))
) strict;
CREATE INDEX staff_training_by_staff on staff_training (staff_id, completed_on);
CREATE TRIGGER staff_training_certificate_stays before update on staff_training when (1 = 1) and (new.staff_id is not old.staff_id or new.manufacturer is not old.manufacturer or new.model is not old.model or new.certificate is not old.certificate or new.completed_on is not old.completed_on or new.expires_on is not old.expires_on) begin select raise(abort, 'staff_training: certificate_stays'); end;
CREATE TRIGGER staff_training_never_goes before delete on staff_training begin select raise(abort, 'staff_training is never deleted'); end;
CREATE TRIGGER staff_training_withdrawn_stays before update on staff_training when (old.withdrawn_at is not null) and (new.withdrawn_at is not old.withdrawn_at or new.withdrawn_by is not old.withdrawn_by) begin select raise(abort, 'staff_training: withdrawn_stays'); end;

CREATE TABLE stock_movement (
  id text not null primary key,
  register text not null check (register in ('CARTRIDGE_LOT', 'PRODUCT_LOT')),
  subject_id text not null,
  kind text not null check (kind in ('RECEIVED', 'DISCARDED', 'QUARANTINED', 'RELEASED', 'EXPIRED', 'CORRECTED')),
  pieces integer not null check (pieces >= 0 or kind = 'CORRECTED'),
  reason text,
  moved_at text not null,
  moved_by text not null references staff (id),
  check (pieces <> 0 or kind not in ('RECEIVED', 'DISCARDED', 'CORRECTED')),
  check (kind = 'RECEIVED' or (reason is not null and reason <> ''))
) strict;
CREATE INDEX stock_movement_by_subject on stock_movement (subject_id, moved_at);
CREATE TRIGGER stock_movement_comes_into_cartridge_lot after insert on stock_movement when new.register = 'CARTRIDGE_LOT' and new.kind in ('RECEIVED', 'CORRECTED') begin update cartridge_lot set received_quantity = received_quantity + new.pieces where id = new.subject_id; end;
CREATE TRIGGER stock_movement_comes_into_product_lot after insert on stock_movement when new.register = 'PRODUCT_LOT' and new.kind in ('RECEIVED', 'CORRECTED') begin update product_lot set received_quantity = received_quantity + new.pieces where id = new.subject_id; end;
CREATE TRIGGER stock_movement_leaves_cartridge_lot after insert on stock_movement when new.register = 'CARTRIDGE_LOT' and new.kind = 'DISCARDED' begin update cartridge_lot set discarded_quantity = discarded_quantity + new.pieces where id = new.subject_id; end;
CREATE TRIGGER stock_movement_leaves_product_lot after insert on stock_movement when new.register = 'PRODUCT_LOT' and new.kind = 'DISCARDED' begin update product_lot set discarded_quantity = discarded_quantity + new.pieces where id = new.subject_id; end;
CREATE TRIGGER stock_movement_never_changes before update on stock_movement begin select raise(abort, 'stock_movement is append-only'); end;
CREATE TRIGGER stock_movement_never_goes before delete on stock_movement begin select raise(abort, 'stock_movement is append-only'); end;

CREATE TABLE stock_status_change (
  id text not null primary key,
  register text not null check (register in ('DEVICE', 'CARTRIDGE_LOT', 'PRODUCT_LOT')),
  subject_id text not null,
  from_status text not null,
  to_status text not null,
  reason text not null check (reason <> ''),
  changed_at text not null,
  changed_by text not null references staff (id),
  check (from_status <> to_status)
) strict;
CREATE INDEX stock_status_change_by_subject on stock_status_change (subject_id, changed_at);
CREATE TRIGGER stock_status_change_never_changes before update on stock_status_change begin select raise(abort, 'stock_status_change is append-only'); end;
CREATE TRIGGER stock_status_change_never_goes before delete on stock_status_change begin select raise(abort, 'stock_status_change is append-only'); end;

CREATE TABLE store_fact (
  name text not null primary key,
  value text not null
) strict;

CREATE TABLE treatment_order (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  version_id text not null references record_version (id),
  created_at text not null,
  updated_at text not null,
  series_id text,
  examined_on text not null,
  expires_on text not null,
  device_type text not null check (device_type in ('PEN', 'ROLLER', 'STAMP', 'RF_PEN')),
  sessions integer not null check (sessions >= 1),
  signed_by text not null references staff (id),
  signed_at text not null,
  state text not null check (state in ('SIGNED', 'SUPERSEDED', 'REVOKED')),
  superseded_by text,
  ended_by text references staff (id),
  ended_at text,
  ended_reason text,
  unique (patient_id, id),
  foreign key (patient_id, series_id) references series (patient_id, id),
  foreign key (patient_id, superseded_by) references treatment_order (patient_id, id),
  check ((state = 'SIGNED') = (ended_at is null)),
  check ((ended_at is null) = (ended_by is null)),
  check ((state = 'SUPERSEDED') = (superseded_by is not null)),
  check ((state = 'REVOKED') = (ended_reason is not null))
) strict;
CREATE INDEX treatment_order_by_expiry on treatment_order (state, expires_on);
CREATE INDEX treatment_order_by_patient on treatment_order (patient_id, state, expires_on);
CREATE TRIGGER treatment_order_ended_stays_ended before update on treatment_order when (old.state <> 'SIGNED') and (new.superseded_by is not old.superseded_by or new.ended_by is not old.ended_by or new.ended_at is not old.ended_at or new.ended_reason is not old.ended_reason) begin select raise(abort, 'treatment_order: ended_stays_ended'); end;
CREATE TRIGGER treatment_order_never_goes before delete on treatment_order begin select raise(abort, 'treatment_order is never deleted'); end;
CREATE TRIGGER treatment_order_not_in_a_merged_chart_insert before insert on treatment_order when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'treatment_order: not_in_a_merged_chart'); end;
CREATE TRIGGER treatment_order_signed_stays before update on treatment_order when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.version_id is not old.version_id or new.created_at is not old.created_at or new.series_id is not old.series_id or new.examined_on is not old.examined_on or new.expires_on is not old.expires_on or new.device_type is not old.device_type or new.sessions is not old.sessions or new.signed_by is not old.signed_by or new.signed_at is not old.signed_at) begin select raise(abort, 'treatment_order: signed_stays'); end;
CREATE TRIGGER treatment_order_state_moves before update of state on treatment_order when new.state is not old.state and not ((old.state = 'SIGNED' and new.state = 'SUPERSEDED') or (old.state = 'SIGNED' and new.state = 'REVOKED')) begin select raise(abort, 'treatment_order: illegal state'); end;

CREATE TABLE visit (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  created_at text not null,
  created_by text not null references staff (id),
  updated_at text not null,
  on_date text not null,
  at_time text not null,
  until_time text not null,
  service text not null check (service in ('SESSION', 'MAINTENANCE', 'CONSULTATION', 'FOLLOW_UP_CHECK', 'OUTCOME_REVIEW', 'OTHER')),
  service_note text,
  series_id text,
  practitioner_id text references staff (id),
  room text,
  status text not null check (status in ('EXPECTED', 'HERE', 'IN_ROOM', 'DONE', 'CANCELLED')),
  arrived_at text,
  left_at text,
  cancelled_at text,
  cancel_reason text check (cancel_reason in ('PATIENT', 'CLINIC', 'NO_SHOW', 'MISTAKE')),
  cancelled_late integer not null default 0 check (cancelled_late in (0, 1)),
  reminded_at text,
  reminded_by text references staff (id),
  unique (patient_id, id),
  foreign key (patient_id, series_id) references series (patient_id, id),
  check ((status = 'CANCELLED') = (cancel_reason is not null)),
  check ((status = 'CANCELLED') = (cancelled_at is not null)),
  check ((status in ('EXPECTED', 'CANCELLED')) or arrived_at is not null),
  check ((status = 'DONE') = (left_at is not null)),
  check (until_time > at_time),
  check (status = 'CANCELLED' or cancelled_late = 0),
  check ((reminded_at is null) = (reminded_by is null))
) strict;
CREATE INDEX visit_by_day on visit (on_date, at_time, id);
CREATE INDEX visit_by_patient on visit (patient_id, on_date);
CREATE TRIGGER visit_double_booked before update on visit when ((old.status = 'CANCELLED' and new.status = 'EXPECTED') or (new.status = old.status
    and new.status in ('EXPECTED', 'HERE', 'IN_ROOM') and (new.on_date <> old.on_date or new.at_time <> old.at_time
      or new.until_time <> old.until_time or new.practitioner_id is not old.practitioner_id
      or new.room is not old.room))) and exists (select 1 from visit other where other.on_date = new.on_date and other.id <> new.id
    and other.status in ('EXPECTED', 'HERE', 'IN_ROOM')
    and other.at_time < new.until_time and new.at_time < other.until_time
    and (other.patient_id = new.patient_id or other.practitioner_id = new.practitioner_id or other.room = new.room)) begin select raise(abort, 'visit: double_booked'); end;
CREATE TRIGGER visit_double_booked_insert before insert on visit when new.status <> 'CANCELLED' and exists (select 1 from visit other where other.on_date = new.on_date and other.id <> new.id
    and other.status in ('EXPECTED', 'HERE', 'IN_ROOM')
    and other.at_time < new.until_time and new.at_time < other.until_time
    and (other.patient_id = new.patient_id or other.practitioner_id = new.practitioner_id or other.room = new.room)) begin select raise(abort, 'visit: double_booked'); end;
CREATE TRIGGER visit_never_goes before delete on visit begin select raise(abort, 'visit is never deleted'); end;
CREATE TRIGGER visit_not_in_a_merged_chart_insert before insert on visit when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'visit: not_in_a_merged_chart'); end;
CREATE TRIGGER visit_stays_with_its_patient before update on visit when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at or new.created_by is not old.created_by) begin select raise(abort, 'visit: stays_with_its_patient'); end;

CREATE TABLE waiting_entry (
  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  created_at text not null,
  created_by text not null references staff (id),
  updated_at text not null,
  service text not null check (service in ('SESSION', 'MAINTENANCE', 'CONSULTATION', 'FOLLOW_UP_CHECK', 'OUTCOME_REVIEW', 'OTHER')),
  series_id text,
  length_min integer not null check (length_min between 5 and 480),
  practitioner_id text references staff (id),
  day_part text not null check (day_part in ('ANY', 'MORNING', 'AFTERNOON')),
  from_on text not null,
  until_on text,
  note text,
  state text not null check (state in ('WAITING', 'BOOKED', 'LEFT')),
  visit_id text,
  foreign key (patient_id, series_id) references series (patient_id, id),
  foreign key (patient_id, visit_id) references visit (patient_id, id),
  check ((state = 'BOOKED') = (visit_id is not null)),
  check (until_on is null or until_on >= from_on)
) strict;
CREATE INDEX waiting_entry_by_patient on waiting_entry (patient_id);
CREATE INDEX waiting_entry_by_state on waiting_entry (state, created_at);
CREATE TRIGGER waiting_entry_never_goes before delete on waiting_entry begin select raise(abort, 'waiting_entry is never deleted'); end;
CREATE TRIGGER waiting_entry_not_in_a_merged_chart_insert before insert on waiting_entry when exists (select 1 from patient_link where merged_id = new.patient_id and ended_at is null) begin select raise(abort, 'waiting_entry: not_in_a_merged_chart'); end;
CREATE TRIGGER waiting_entry_state_moves before update of state on waiting_entry when new.state is not old.state and not ((old.state = 'WAITING' and new.state = 'BOOKED') or (old.state = 'WAITING' and new.state = 'LEFT')) begin select raise(abort, 'waiting_entry: illegal state'); end;
CREATE TRIGGER waiting_entry_stays_with_its_patient before update on waiting_entry when (1 = 1) and (new.id is not old.id or new.patient_id is not old.patient_id or new.created_at is not old.created_at or new.created_by is not old.created_by) begin select raise(abort, 'waiting_entry: stays_with_its_patient'); end;

CREATE TABLE working_span (
  id text not null primary key,
  staff_id text references staff (id),
  weekday integer not null check (weekday between 1 and 7),
  from_time text not null,
  until_time text not null,
  check (until_time > from_time)
) strict;
CREATE INDEX working_span_by_staff on working_span (staff_id, weekday);
