"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_single_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('ref', sa.String(length=160), nullable=False),
    sa.Column('origin', sa.Enum('record', 'illustration', 'own', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=1000), nullable=False),
    sa.Column('public_title', sa.String(length=1000), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('is_withdrawn', sa.Boolean(), nullable=False),
    sa.Column('withdrawn_because', sa.String(), nullable=True),
    sa.Column('audience_own', sa.Integer(), nullable=True),
    sa.Column('audience', sa.Integer(), nullable=False),
    sa.Column('audience_parent_id', sa.Integer(), nullable=True),
    sa.Column('home_body_id', sa.Integer(), nullable=True),
    sa.Column('home_meeting_id', sa.Integer(), nullable=True),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('imported_rev', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(kind = 'call' AND state IN ('draft', 'open', 'closed', 'cancelled')) OR (kind = 'contribution' AND state IN ('invited', 'received', 'published', 'withdrawn')) OR (kind = 'decision' AND state IN ('recorded', 'corrected')) OR (kind = 'follow_up' AND state IN ('open', 'in_progress', 'done', 'dropped', 'carried_over')) OR (kind = 'meeting' AND state IN ('tentative', 'confirmed', 'held', 'cancelled', 'postponed')) OR (kind = 'offer' AND state IN ('draft', 'submitted', 'accepted', 'confirmed', 'placed', 'delivered', 'undelivered', 'declined', 'withdrawn')) OR (kind = 'output' AND state IN ('outlined', 'drafted', 'circulated', 'final', 'acted_on')) OR (kind = 'plan_session' AND state IN ('tentative', 'confirmed', 'held', 'cancelled', 'postponed')) OR (kind = 'plan_version' AND state IN ('draft', 'circulated', 'submitted', 'takes_note', 'welcomed', 'endorsed', 'adopted', 'superseded', 'withdrawn', 'lapsed')) OR (kind NOT IN ('call', 'contribution', 'decision', 'follow_up', 'meeting', 'offer', 'output', 'plan_session', 'plan_version') AND state IS NULL)", name=op.f('ck_record_state_of_kind')),
    sa.CheckConstraint('audience BETWEEN 1 AND 127', name=op.f('ck_record_audience_grounds')),
    sa.CheckConstraint('audience_own IS NULL OR audience_own BETWEEN 1 AND 127', name=op.f('ck_record_own_audience_grounds')),
    sa.CheckConstraint('length(title) BETWEEN 1 AND 1000', name=op.f('ck_record_title_length')),
    sa.CheckConstraint('CASE WHEN is_withdrawn THEN length(trim(withdrawn_because)) > 0 AND withdrawn_because IS NOT NULL ELSE withdrawn_because IS NULL OR length(trim(withdrawn_because)) > 0 END', name=op.f('ck_record_withdrawn_with_reason')),
    sa.CheckConstraint("withdrawn_because IS NULL OR (kind IN ('agenda_item', 'body', 'decision', 'document', 'instrument', 'output', 'person', 'plan', 'plan_item', 'source', 'stakeholder') AND (state IS NULL OR state <> 'acted_on'))", name=op.f('ck_record_withdrawn_kind')),
    sa.ForeignKeyConstraint(['audience_parent_id'], ['record.id'], name=op.f('fk_record_audience_parent_id_record')),
    sa.ForeignKeyConstraint(['home_body_id'], ['record.id'], name=op.f('fk_record_home_body_id_record')),
    sa.ForeignKeyConstraint(['home_meeting_id'], ['record.id'], name=op.f('fk_record_home_meeting_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record')),
    sa.UniqueConstraint('kind', 'ref', name=op.f('uq_record_kind_ref'))
    )
    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_audience_parent_id'), ['audience_parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_home_body_id'), ['home_body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_home_meeting_id'), ['home_meeting_id'], unique=False)
        batch_op.create_index('ix_record_kind_origin', ['kind', 'origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_updated_at'), ['updated_at'], unique=False)

    op.create_table('chain_link',
    sa.Column('upper_id', sa.Integer(), nullable=False),
    sa.Column('lower_id', sa.Integer(), nullable=False),
    sa.Column('working', sa.Boolean(), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.CheckConstraint('working OR public', name=op.f('ck_chain_link_in_an_edition')),
    sa.ForeignKeyConstraint(['lower_id'], ['record.id'], name=op.f('fk_chain_link_lower_id_record')),
    sa.ForeignKeyConstraint(['upper_id'], ['record.id'], name=op.f('fk_chain_link_upper_id_record')),
    sa.PrimaryKeyConstraint('upper_id', 'lower_id', name=op.f('pk_chain_link'))
    )
    with op.batch_alter_table('chain_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chain_link_lower_id'), ['lower_id'], unique=False)

    op.create_table('citation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=80), nullable=False),
    sa.Column('provenance', sa.Enum('sourced', 'recalled', 'derived', name='provenance', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('confidence', sa.Enum('high', 'medium', 'low', name='confidence', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.CheckConstraint('confidence IS NULL OR provenance IS NOT NULL', name=op.f('ck_citation_confidence_of_provenance')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_citation_record_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_citation')),
    sa.UniqueConstraint('record_id', 'field', name=op.f('uq_citation_record_id_field'))
    )
    with op.batch_alter_table('citation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_citation_record_id'), ['record_id'], unique=False)

    op.create_table('cycle',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=30), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('conference_theme', sa.String(), nullable=True),
    sa.CheckConstraint('from_on IS NULL OR from_on < until_on', name=op.f('ck_cycle_from_before_until')),
    sa.CheckConstraint('number > 0', name=op.f('ck_cycle_number_positive')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_cycle_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cycle')),
    sa.UniqueConstraint('series', 'number', name=op.f('uq_cycle_series_number'))
    )
    op.create_table('reference_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_reference_note_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_note'))
    )
    op.create_table('search_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Enum('working', 'public', name='edition', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_search_document_record_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_document')),
    sa.UniqueConstraint('record_id', 'edition', name=op.f('uq_search_document_record_id_edition'))
    )
    op.create_table('source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_kind', sa.String(length=40), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('extent', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_source_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source'))
    )
    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_source_kind'), ['source_kind'], unique=False)

    op.create_table('stage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_stage_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage')),
    sa.UniqueConstraint('number', name=op.f('uq_stage_number'))
    )
    op.create_table('stakeholder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('is_state', sa.Boolean(), nullable=False),
    sa.Column('iso2', sa.String(length=2), nullable=True),
    sa.Column('stakeholder_class', sa.Enum('state_party', 'signatory_state', 'observer_state', 'regional_organisation', 'international_organisation', 'civil_society', 'research_academia', 'industry', 'secretariat', name='stakeholder_class', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('also_class', sa.Enum('state_party', 'signatory_state', 'observer_state', 'regional_organisation', 'international_organisation', 'civil_society', 'research_academia', 'industry', 'secretariat', name='also_class', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('region', sa.String(length=40), nullable=True),
    sa.Column('sector', sa.String(length=60), nullable=True),
    sa.Column('role', sa.String(length=60), nullable=True),
    sa.Column('speaks_for', sa.String(), nullable=True),
    sa.Column('of_state_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(iso2 IS NOT NULL) = is_state', name=op.f('ck_stakeholder_state_has_code')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_stakeholder_id_record')),
    sa.ForeignKeyConstraint(['of_state_id'], ['stakeholder.id'], name=op.f('fk_stakeholder_of_state_id_stakeholder')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stakeholder')),
    sa.UniqueConstraint('iso2', name=op.f('uq_stakeholder_iso2'))
    )
    with op.batch_alter_table('stakeholder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stakeholder_region'), ['region'], unique=False)
        batch_op.create_index(batch_op.f('ix_stakeholder_sector'), ['sector'], unique=False)

    op.create_table('treaty_article',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('topic', sa.String(length=80), nullable=True),
    sa.Column('summary', sa.String(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_treaty_article_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_treaty_article')),
    sa.UniqueConstraint('number', name=op.f('uq_treaty_article_number'))
    )
    op.create_table('body',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('code', sa.String(length=120), nullable=False),
    sa.Column('body_kind', sa.Enum('conference', 'working_group', 'sub_working_group', 'committee', 'forum', 'gathering', name='body_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('first_cycle_id', sa.Integer(), nullable=True),
    sa.Column('last_cycle_id', sa.Integer(), nullable=True),
    sa.Column('work_audience', sa.Integer(), nullable=True),
    sa.Column('description', sa.String(), nullable=True),
    sa.CheckConstraint('parent_id IS NULL OR parent_id <> id', name=op.f('ck_body_not_its_own_parent')),
    sa.ForeignKeyConstraint(['first_cycle_id'], ['cycle.id'], name=op.f('fk_body_first_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_body_id_record')),
    sa.ForeignKeyConstraint(['last_cycle_id'], ['cycle.id'], name=op.f('fk_body_last_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['parent_id'], ['body.id'], name=op.f('fk_body_parent_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body')),
    sa.UniqueConstraint('code', name=op.f('uq_body_code')),
    sa.UniqueConstraint('slug', name=op.f('uq_body_slug'))
    )
    with op.batch_alter_table('body', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_body_parent_id'), ['parent_id'], unique=False)

    op.create_table('citation_source',
    sa.Column('citation_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['citation_id'], ['citation.id'], name=op.f('fk_citation_source_citation_id_citation')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_citation_source_source_id_source')),
    sa.PrimaryKeyConstraint('citation_id', 'source_id', name=op.f('pk_citation_source'))
    )
    with op.batch_alter_table('citation_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_citation_source_source_id'), ['source_id'], unique=False)

    op.create_table('instrument',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('short', sa.String(length=80), nullable=False),
    sa.Column('instrument_kind', sa.String(length=40), nullable=False),
    sa.Column('binding', sa.String(length=20), nullable=False),
    sa.Column('region', sa.String(length=40), nullable=True),
    sa.Column('adopted_year', sa.Integer(), nullable=True),
    sa.Column('in_force_year', sa.Integer(), nullable=True),
    sa.Column('amended_years', sa.JSON(), nullable=True),
    sa.Column('depositary', sa.String(length=120), nullable=True),
    sa.Column('party_count', sa.Integer(), nullable=True),
    sa.Column('in_seed', sa.Boolean(), nullable=False),
    sa.Column('meets', sa.String(), nullable=True),
    sa.Column('aliases', sa.JSON(), nullable=True),
    sa.Column('alias_note', sa.String(), nullable=True),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_instrument_id_record')),
    sa.ForeignKeyConstraint(['organisation_id'], ['stakeholder.id'], name=op.f('fk_instrument_organisation_id_stakeholder')),
    sa.ForeignKeyConstraint(['parent_id'], ['instrument.id'], name=op.f('fk_instrument_parent_id_instrument')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instrument'))
    )
    with op.batch_alter_table('instrument', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instrument_binding'), ['binding'], unique=False)
        batch_op.create_index(batch_op.f('ix_instrument_instrument_kind'), ['instrument_kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_instrument_region'), ['region'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('function', sa.String(length=120), nullable=True),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_person_id_record')),
    sa.ForeignKeyConstraint(['stakeholder_id'], ['stakeholder.id'], name=op.f('fk_person_stakeholder_id_stakeholder')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_stakeholder_id'), ['stakeholder_id'], unique=False)

    op.create_table('record_article',
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['treaty_article.id'], name=op.f('fk_record_article_article_id_treaty_article')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_record_article_record_id_record')),
    sa.PrimaryKeyConstraint('record_id', 'article_id', name=op.f('pk_record_article'))
    )
    with op.batch_alter_table('record_article', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_article_article_id'), ['article_id'], unique=False)

    op.create_table('record_host',
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_record_host_record_id_record')),
    sa.ForeignKeyConstraint(['stakeholder_id'], ['stakeholder.id'], name=op.f('fk_record_host_stakeholder_id_stakeholder')),
    sa.PrimaryKeyConstraint('record_id', 'stakeholder_id', name=op.f('pk_record_host'))
    )
    with op.batch_alter_table('record_host', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_host_stakeholder_id'), ['stakeholder_id'], unique=False)

    op.create_table('status_period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('act', sa.String(length=20), nullable=True),
    sa.Column('deposited_text', sa.String(length=10), nullable=True),
    sa.Column('from_text', sa.String(length=10), nullable=True),
    sa.Column('until_text', sa.String(length=10), nullable=True),
    sa.Column('known_text', sa.String(length=10), nullable=True),
    sa.Column('possible_from', sa.Date(), nullable=True),
    sa.Column('possible_until', sa.Date(), nullable=True),
    sa.Column('certain_from', sa.Date(), nullable=True),
    sa.Column('certain_until', sa.Date(), nullable=True),
    sa.CheckConstraint("status IN ('state_party', 'signatory')", name=op.f('ck_status_period_status_known')),
    sa.ForeignKeyConstraint(['stakeholder_id'], ['stakeholder.id'], name=op.f('fk_status_period_stakeholder_id_stakeholder')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_status_period')),
    sa.UniqueConstraint('stakeholder_id', 'position', name=op.f('uq_status_period_stakeholder_id_position'))
    )
    with op.batch_alter_table('status_period', schema=None) as batch_op:
        batch_op.create_index('ix_status_period_certain', ['status', 'certain_from', 'certain_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_status_period_stakeholder_id'), ['stakeholder_id'], unique=False)

    op.create_table('delegation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('head', 'alternate', 'focal_point', 'member', name='delegation_role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.CheckConstraint('from_on IS NULL OR until_on IS NULL OR from_on < until_on', name=op.f('ck_delegation_from_before_until')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_delegation_person_id_person')),
    sa.ForeignKeyConstraint(['stakeholder_id'], ['stakeholder.id'], name=op.f('fk_delegation_stakeholder_id_stakeholder')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation')),
    sa.UniqueConstraint('person_id', 'stakeholder_id', name=op.f('uq_delegation_person_id_stakeholder_id'))
    )
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegation_stakeholder_id'), ['stakeholder_id'], unique=False)

    op.create_table('feed_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.Enum('record', 'illustration', 'own', name='revision_origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('audience', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_feed_revision_body_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_revision')),
    sa.UniqueConstraint('body_id', 'origin', 'audience', name=op.f('uq_feed_revision_body_id_origin_audience'))
    )
    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=True),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('series', sa.String(length=40), nullable=True),
    sa.Column('start_on', sa.String(length=10), nullable=True),
    sa.Column('end_on', sa.String(length=10), nullable=True),
    sa.Column('week_from_on', sa.String(length=10), nullable=True),
    sa.Column('week_until_on', sa.String(length=10), nullable=True),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('city', sa.String(length=120), nullable=True),
    sa.Column('country', sa.String(length=2), nullable=True),
    sa.Column('venue', sa.String(length=300), nullable=True),
    sa.Column('mode', sa.Enum('in_person', 'in_person_with_livestream', 'in_person_with_remote_access', 'hybrid', 'virtual', 'written_procedure', 'cancelled_replaced_by_written_comments', name='mode', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('theme', sa.String(), nullable=True),
    sa.Column('restricted', sa.Boolean(), nullable=False),
    sa.Column('held_during_id', sa.Integer(), nullable=True),
    sa.Column('registration_opens_on', sa.String(length=10), nullable=True),
    sa.Column('registration_closes_on', sa.String(length=10), nullable=True),
    sa.Column('notified_on', sa.String(length=10), nullable=True),
    sa.Column('invited_on', sa.String(length=10), nullable=True),
    sa.Column('capacity', sa.JSON(), nullable=True),
    sa.Column('side_events', sa.JSON(), nullable=True),
    sa.CheckConstraint('end_on IS NULL OR start_on IS NOT NULL', name=op.f('ck_meeting_end_needs_start')),
    sa.CheckConstraint('substr(end_on, 1, length(start_on)) >= substr(start_on, 1, length(end_on))', name=op.f('ck_meeting_end_not_before_start')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_meeting_body_id_body')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_meeting_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['held_during_id'], ['meeting.id'], name=op.f('fk_meeting_held_during_id_meeting')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_meeting_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_start_on'), ['start_on'], unique=False)

    op.create_table('office',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('cycle_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.Enum('president', 'chair', 'facilitator', 'secretariat', 'administrator', name='office_role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('holder_id', sa.Integer(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.CheckConstraint('from_on IS NULL OR until_on IS NULL OR from_on < until_on', name=op.f('ck_office_from_before_until')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_office_body_id_body')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_office_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['holder_id'], ['stakeholder.id'], name=op.f('fk_office_holder_id_stakeholder')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_office_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office'))
    )
    with op.batch_alter_table('office', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_office_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_office_holder_id'), ['holder_id'], unique=False)
        batch_op.create_index('uq_office_of_body', ['body_id', 'cycle_id', 'role', 'holder_id'], unique=True)

    op.create_table('user_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=True),
    sa.Column('language', sa.String(length=10), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_signed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('password_link_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_user_account_email_lower')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_user_account_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('email', name=op.f('uq_user_account_email')),
    sa.UniqueConstraint('person_id', name=op.f('uq_user_account_person_id'))
    )
    op.create_table('attendance_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('group', sa.String(length=60), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_attendance_count_not_negative')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendance_count_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_count')),
    sa.UniqueConstraint('meeting_id', 'group', name=op.f('uq_attendance_count_meeting_id_group'))
    )
    op.create_table('audience_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.Integer(), nullable=False),
    sa.Column('stakeholder_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('own', sa.Boolean(), nullable=False),
    sa.Column('limit_mask', sa.Integer(), nullable=False),
    sa.CheckConstraint('(stakeholder_id IS NULL) <> (user_id IS NULL)', name=op.f('ck_audience_grant_one_grantee')),
    sa.CheckConstraint('ground IN (16, 32)', name=op.f('ck_audience_grant_named_ground')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_audience_grant_record_id_record')),
    sa.ForeignKeyConstraint(['stakeholder_id'], ['stakeholder.id'], name=op.f('fk_audience_grant_stakeholder_id_stakeholder')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_audience_grant_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audience_grant')),
    sa.UniqueConstraint('record_id', 'ground', 'stakeholder_id', 'user_id', 'own', name=op.f('uq_audience_grant_record_id_ground_stakeholder_id_user_id_own'))
    )
    with op.batch_alter_table('audience_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audience_grant_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audience_grant_stakeholder_id'), ['stakeholder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audience_grant_user_id'), ['user_id'], unique=False)

    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_audit_entry_actor_id_user_account')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_audit_entry_record_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_entry_hash'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_record', ['record_id', 'id'], unique=False)

    op.create_table('calendar_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('entry_kind', sa.Enum('session', 'meeting', 'call', 'follow_up', 'deadline', 'busy', 'consultation', name='entry_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('component', sa.String(length=10), nullable=False),
    sa.Column('uid', sa.String(length=120), nullable=False),
    sa.Column('origin', sa.Enum('record', 'illustration', 'own', name='entry_origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('audience', sa.Integer(), nullable=False),
    sa.Column('home_body_id', sa.Integer(), nullable=True),
    sa.Column('home_meeting_id', sa.Integer(), nullable=True),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('cycle_id', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('zones', sa.String(length=200), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.CheckConstraint("component IN ('VEVENT', 'VTODO')", name=op.f('ck_calendar_entry_component_known')),
    sa.CheckConstraint('sequence >= 0', name=op.f('ck_calendar_entry_sequence_not_negative')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_calendar_entry_body_id_body')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_calendar_entry_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['home_body_id'], ['record.id'], name=op.f('fk_calendar_entry_home_body_id_record')),
    sa.ForeignKeyConstraint(['home_meeting_id'], ['record.id'], name=op.f('fk_calendar_entry_home_meeting_id_record')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_calendar_entry_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_calendar_entry_record_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_entry')),
    sa.UniqueConstraint('record_id', 'entry_kind', 'component', name=op.f('uq_calendar_entry_record_id_entry_kind_component')),
    sa.UniqueConstraint('uid', name=op.f('uq_calendar_entry_uid'))
    )
    with op.batch_alter_table('calendar_entry', schema=None) as batch_op:
        batch_op.create_index('ix_calendar_entry_feed', ['origin', 'component', 'body_id', 'starts_on'], unique=False)
        batch_op.create_index('ix_calendar_entry_meeting', ['meeting_id', 'starts_on'], unique=False)

    op.create_table('chairing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=True),
    sa.Column('holder_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('count', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_chairing_body_id_body')),
    sa.ForeignKeyConstraint(['holder_id'], ['stakeholder.id'], name=op.f('fk_chairing_holder_id_stakeholder')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_chairing_office_id_office')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_chairing_record_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chairing')),
    sa.UniqueConstraint('record_id', 'seat', 'position', name=op.f('uq_chairing_record_id_seat_position'))
    )
    with op.batch_alter_table('chairing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chairing_holder_id'), ['holder_id'], unique=False)

    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('symbol', sa.String(length=120), nullable=True),
    sa.Column('symbol_pattern', sa.String(length=120), nullable=True),
    sa.Column('serial', sa.Integer(), nullable=True),
    sa.Column('doc_kind', sa.String(length=40), nullable=False),
    sa.Column('on_text', sa.String(length=10), nullable=True),
    sa.Column('cycle_id', sa.Integer(), nullable=True),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('standing', sa.String(length=40), nullable=True),
    sa.Column('version_number', sa.Integer(), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('original_language', sa.String(length=10), nullable=True),
    sa.Column('title_is_paraphrase', sa.Boolean(), nullable=False),
    sa.Column('annex_of_id', sa.Integer(), nullable=True),
    sa.Column('annex_label', sa.String(length=20), nullable=True),
    sa.Column('supersedes_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('annex_of_id IS NULL OR annex_of_id <> id', name=op.f('ck_document_not_its_own_annex')),
    sa.CheckConstraint('supersedes_id IS NULL OR supersedes_id <> id', name=op.f('ck_document_not_its_own_successor')),
    sa.ForeignKeyConstraint(['annex_of_id'], ['document.id'], name=op.f('fk_document_annex_of_id_document')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_document_body_id_body')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_document_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_document_id_record')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_document_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['supersedes_id'], ['document.id'], name=op.f('fk_document_supersedes_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('annex_of_id', 'annex_label', name=op.f('uq_document_annex_of_id_annex_label')),
    sa.UniqueConstraint('symbol', name=op.f('uq_document_symbol'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_annex_of_id'), ['annex_of_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_doc_kind'), ['doc_kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_on_text'), ['on_text'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_serial'), ['serial'], unique=False)

    op.create_table('meeting_body',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_meeting_body_body_id_body')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_body_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', 'body_id', name=op.f('pk_meeting_body'))
    )
    op.create_table('office_user',
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_office_user_office_id_office')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_office_user_user_id_user_account')),
    sa.PrimaryKeyConstraint('office_id', 'user_id', name=op.f('pk_office_user'))
    )
    with op.batch_alter_table('office_user', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_user_user_id'), ['user_id'], unique=False)

    op.create_table('plan_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('session_kind', sa.Enum('session', 'side_event', name='session_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('on_text', sa.String(length=10), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('duration_minutes', sa.Integer(), nullable=True),
    sa.Column('room', sa.String(length=200), nullable=True),
    sa.Column('mode', sa.Enum('in_person', 'in_person_with_livestream', 'in_person_with_remote_access', 'hybrid', 'virtual', 'written_procedure', 'cancelled_replaced_by_written_comments', name='session_mode', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('titles_are_ours', sa.Boolean(), nullable=False),
    sa.Column('numbering_is_ours', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(starts_at IS NULL) = (ends_at IS NULL)', name=op.f('ck_plan_session_start_with_end')),
    sa.CheckConstraint('duration_minutes IS NULL OR duration_minutes > 0', name=op.f('ck_plan_session_duration_positive')),
    sa.CheckConstraint('ends_at IS NULL OR starts_at < ends_at', name=op.f('ck_plan_session_start_before_end')),
    sa.CheckConstraint('starts_at IS NULL OR on_text IS NOT NULL', name=op.f('ck_plan_session_day_of_start')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_plan_session_body_id_body')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_plan_session_id_record')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_plan_session_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_session'))
    )
    with op.batch_alter_table('plan_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_session_body_id'), ['body_id'], unique=False)
        batch_op.create_index('ix_plan_session_day', ['on_text', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_session_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('registration',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_registration_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_person_id_person')),
    sa.PrimaryKeyConstraint('meeting_id', 'person_id', name=op.f('pk_registration'))
    )
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_person_id'), ['person_id'], unique=False)

    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('effective_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.Column('programme', sa.JSON(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_release_number_positive')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_release_id_record')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_release_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_release_meeting_id_number'))
    )
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_effective_at'), ['effective_at'], unique=False)
        batch_op.create_index('uq_release_current', ['meeting_id'], unique=True, sqlite_where=sa.text('is_current'), postgresql_where=sa.text('is_current'))

    op.create_table('agenda_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=True),
    sa.Column('is_break', sa.Boolean(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('proposed_by', sa.JSON(), nullable=True),
    sa.CheckConstraint('minutes IS NULL OR minutes > 0', name=op.f('ck_agenda_item_minutes_positive')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_agenda_item_id_record')),
    sa.ForeignKeyConstraint(['session_id'], ['plan_session.id'], name=op.f('fk_agenda_item_session_id_plan_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item')),
    sa.UniqueConstraint('session_id', 'position', name=op.f('uq_agenda_item_session_id_position'))
    )
    op.create_table('conference_action',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.Enum('record', 'illustration', 'own', name='action_origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('verb', sa.Enum('takes_note', 'welcomes', 'endorses', 'adopts', 'establishes', 'mandates', 'confirms', name='conference_verb', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('paragraph', sa.String(length=20), nullable=True),
    sa.Column('on_text', sa.String(length=10), nullable=True),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_conference_action_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_conference_action_document_id_document')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_conference_action_record_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_action')),
    sa.UniqueConstraint('record_id', 'verb', 'cycle_id', name=op.f('uq_conference_action_record_id_verb_cycle_id'))
    )
    with op.batch_alter_table('conference_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_action_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conference_action_record_id'), ['record_id'], unique=False)

    op.create_table('document_follows',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('follows_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('document_id <> follows_id', name=op.f('ck_document_follows_not_itself')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_follows_document_id_document')),
    sa.ForeignKeyConstraint(['follows_id'], ['document.id'], name=op.f('fk_document_follows_follows_id_document')),
    sa.PrimaryKeyConstraint('document_id', 'follows_id', name=op.f('pk_document_follows'))
    )
    with op.batch_alter_table('document_follows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_follows_follows_id'), ['follows_id'], unique=False)

    op.create_table('document_language',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_language_document_id_document')),
    sa.PrimaryKeyConstraint('document_id', 'language', name=op.f('pk_document_language'))
    )
    op.create_table('document_submitter',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_submitter_document_id_document')),
    sa.ForeignKeyConstraint(['stakeholder_id'], ['stakeholder.id'], name=op.f('fk_document_submitter_stakeholder_id_stakeholder')),
    sa.PrimaryKeyConstraint('document_id', 'stakeholder_id', name=op.f('pk_document_submitter'))
    )
    with op.batch_alter_table('document_submitter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_submitter_stakeholder_id'), ['stakeholder_id'], unique=False)

    op.create_table('follow_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('owner_email', sa.String(length=254), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('due_session_id', sa.Integer(), nullable=True),
    sa.Column('due_offset_days', sa.Integer(), nullable=True),
    sa.Column('comes_from_id', sa.Integer(), nullable=True),
    sa.Column('evidence', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('carried_to_cycle_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(due_session_id IS NULL) = (due_offset_days IS NULL)', name=op.f('ck_follow_up_due_rule_whole')),
    sa.CheckConstraint('closed_on IS NULL OR evidence IS NOT NULL OR reason IS NOT NULL', name=op.f('ck_follow_up_closed_with_ground')),
    sa.ForeignKeyConstraint(['carried_to_cycle_id'], ['cycle.id'], name=op.f('fk_follow_up_carried_to_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['comes_from_id'], ['record.id'], name=op.f('fk_follow_up_comes_from_id_record')),
    sa.ForeignKeyConstraint(['due_session_id'], ['plan_session.id'], name=op.f('fk_follow_up_due_session_id_plan_session')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_follow_up_id_record')),
    sa.ForeignKeyConstraint(['owner_id'], ['record.id'], name=op.f('fk_follow_up_owner_id_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up'))
    )
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_up_comes_from_id'), ['comes_from_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_due_session_id'), ['due_session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_owner_id'), ['owner_id'], unique=False)

    op.create_table('intervention',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['plan_session.id'], name=op.f('fk_intervention_session_id_plan_session')),
    sa.ForeignKeyConstraint(['stakeholder_id'], ['stakeholder.id'], name=op.f('fk_intervention_stakeholder_id_stakeholder')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intervention')),
    sa.UniqueConstraint('session_id', 'position', name=op.f('uq_intervention_session_id_position'))
    )
    with op.batch_alter_table('intervention', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_intervention_stakeholder_id'), ['stakeholder_id'], unique=False)

    op.create_table('plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('first_cycle_id', sa.Integer(), nullable=True),
    sa.Column('last_cycle_id', sa.Integer(), nullable=True),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('proposed_in_section', sa.String(length=20), nullable=True),
    sa.Column('ended_because', sa.String(), nullable=True),
    sa.Column('shape', sa.JSON(), nullable=True),
    sa.Column('wished_outputs', sa.JSON(), nullable=True),
    sa.Column('wished_outputs_note', sa.String(), nullable=True),
    sa.Column('questions_note', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_plan_body_id_body')),
    sa.ForeignKeyConstraint(['first_cycle_id'], ['cycle.id'], name=op.f('fk_plan_first_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_plan_id_record')),
    sa.ForeignKeyConstraint(['last_cycle_id'], ['cycle.id'], name=op.f('fk_plan_last_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['document.id'], name=op.f('fk_plan_proposed_by_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan'))
    )
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_body_id'), ['body_id'], unique=False)

    op.create_table('published_session',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=1000), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('session_kind', sa.Enum('session', 'side_event', name='published_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('on_text', sa.String(length=10), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('duration_minutes', sa.Integer(), nullable=True),
    sa.Column('room', sa.String(length=200), nullable=True),
    sa.Column('mode', sa.Enum('in_person', 'in_person_with_livestream', 'in_person_with_remote_access', 'hybrid', 'virtual', 'written_procedure', 'cancelled_replaced_by_written_comments', name='published_mode', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('programme', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_published_session_body_id_body')),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_published_session_release_id_release')),
    sa.ForeignKeyConstraint(['session_id'], ['plan_session.id'], name=op.f('fk_published_session_session_id_plan_session')),
    sa.PrimaryKeyConstraint('session_id', name=op.f('pk_published_session'))
    )
    with op.batch_alter_table('published_session', schema=None) as batch_op:
        batch_op.create_index('ix_published_session_day', ['on_text', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_published_session_release_id'), ['release_id'], unique=False)

    op.create_table('record_document',
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_record_document_document_id_document')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_record_document_record_id_record')),
    sa.PrimaryKeyConstraint('record_id', 'document_id', name=op.f('pk_record_document'))
    )
    with op.batch_alter_table('record_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_document_document_id'), ['document_id'], unique=False)

    op.create_table('session_body',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_session_body_body_id_body')),
    sa.ForeignKeyConstraint(['session_id'], ['plan_session.id'], name=op.f('fk_session_body_session_id_plan_session')),
    sa.PrimaryKeyConstraint('session_id', 'body_id', name=op.f('pk_session_body'))
    )
    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('agenda_item_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('verb', sa.Enum('takes_note', 'welcomes', 'endorses', 'adopts', 'establishes', 'mandates', 'confirms', name='decision_verb', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('paragraph', sa.String(length=20), nullable=True),
    sa.Column('asked_id', sa.Integer(), nullable=True),
    sa.Column('correction_reason', sa.String(), nullable=True),
    sa.Column('original_text', sa.String(), nullable=True),
    sa.CheckConstraint('original_text IS NULL OR correction_reason IS NOT NULL', name=op.f('ck_decision_reason')),
    sa.ForeignKeyConstraint(['agenda_item_id'], ['agenda_item.id'], name=op.f('fk_decision_agenda_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['asked_id'], ['record.id'], name=op.f('fk_decision_asked_id_record')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_decision_id_record')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_decision_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['session_id'], ['plan_session.id'], name=op.f('fk_decision_session_id_plan_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_session_id'), ['session_id'], unique=False)

    op.create_table('plan_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('item_kind', sa.Enum('theme', 'topic', 'question', 'expected_output', name='item_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_plan_item_id_record')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_item_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_item'))
    )
    with op.batch_alter_table('plan_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_item_item_kind'), ['item_kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_item_plan_id'), ['plan_id'], unique=False)

    op.create_table('plan_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('version_kind', sa.Enum('numbered', 'working_copy', 'reconstruction', name='version_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('on_text', sa.String(length=10), nullable=True),
    sa.Column('change', sa.String(), nullable=True),
    sa.Column('text_held', sa.Boolean(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('acted_by_cycle_id', sa.Integer(), nullable=True),
    sa.Column('comments_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('based_on_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(version_kind = 'numbered') = (number IS NOT NULL)", name=op.f('ck_plan_version_number_of_numbered')),
    sa.ForeignKeyConstraint(['acted_by_cycle_id'], ['cycle.id'], name=op.f('fk_plan_version_acted_by_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['based_on_id'], ['plan_version.id'], name=op.f('fk_plan_version_based_on_id_plan_version')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_plan_version_document_id_document')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_plan_version_id_record')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_version_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_version')),
    sa.UniqueConstraint('plan_id', 'number', name=op.f('uq_plan_version_plan_id_number'))
    )
    with op.batch_alter_table('plan_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_version_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index('uq_plan_version_working_copy', ['plan_id'], unique=True, sqlite_where=sa.text("version_kind = 'working_copy'"), postgresql_where=sa.text("version_kind = 'working_copy'"))

    op.create_table('call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offer_kinds', sa.JSON(), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.CheckConstraint('opens_at < closes_at', name=op.f('ck_call_opens_before_closes')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_call_id_record')),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_call_item_id_plan_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_call_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call'))
    )
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_closes_at'), ['closes_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('contribution',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_id', sa.Integer(), nullable=False),
    sa.Column('contribution_kind', sa.Enum('study', 'proposal', 'answer', 'expertise', name='contribution_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('sector', sa.String(length=60), nullable=True),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('received_on', sa.String(length=10), nullable=True),
    sa.Column('may_be_published', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_contribution_document_id_document')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_contribution_id_record')),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_contribution_item_id_plan_item')),
    sa.ForeignKeyConstraint(['session_id'], ['plan_session.id'], name=op.f('fk_contribution_session_id_plan_session')),
    sa.ForeignKeyConstraint(['stakeholder_id'], ['stakeholder.id'], name=op.f('fk_contribution_stakeholder_id_stakeholder')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution'))
    )
    with op.batch_alter_table('contribution', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contribution_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contribution_session_id'), ['session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contribution_stakeholder_id'), ['stakeholder_id'], unique=False)

    op.create_table('item_lineage',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('from_item_id', sa.Integer(), nullable=False),
    sa.Column('lineage_kind', sa.Enum('carried_over', 'merged', 'split', name='lineage_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('item_id <> from_item_id', name=op.f('ck_item_lineage_not_itself')),
    sa.ForeignKeyConstraint(['from_item_id'], ['plan_item.id'], name=op.f('fk_item_lineage_from_item_id_plan_item')),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_item_lineage_item_id_plan_item')),
    sa.PrimaryKeyConstraint('item_id', 'from_item_id', name=op.f('pk_item_lineage'))
    )
    with op.batch_alter_table('item_lineage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_lineage_from_item_id'), ['from_item_id'], unique=False)

    op.create_table('output',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('output_kind', sa.String(length=40), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('cycle_id', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('result', sa.String(), nullable=True),
    sa.Column('text', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_output_body_id_body')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_output_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_output_document_id_document')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_output_id_record')),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_output_item_id_plan_item')),
    sa.ForeignKeyConstraint(['session_id'], ['plan_session.id'], name=op.f('fk_output_session_id_plan_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_output'))
    )
    with op.batch_alter_table('output', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_output_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_output_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_output_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_output_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_output_output_kind'), ['output_kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_output_session_id'), ['session_id'], unique=False)

    op.create_table('plan_item_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('is_shown', sa.Boolean(), nullable=False),
    sa.Column('title', sa.String(length=1000), nullable=False),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('cycle_id', sa.Integer(), nullable=True),
    sa.Column('last_cycle_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('years', sa.String(length=20), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('related_body_id', sa.Integer(), nullable=True),
    sa.Column('output_kind', sa.String(length=40), nullable=True),
    sa.Column('result', sa.String(), nullable=True),
    sa.CheckConstraint('item_id <> parent_id', name=op.f('ck_plan_item_revision_not_its_own_parent')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_plan_item_revision_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_plan_item_revision_document_id_document')),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_plan_item_revision_item_id_plan_item')),
    sa.ForeignKeyConstraint(['last_cycle_id'], ['cycle.id'], name=op.f('fk_plan_item_revision_last_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['parent_id'], ['plan_item.id'], name=op.f('fk_plan_item_revision_parent_id_plan_item')),
    sa.ForeignKeyConstraint(['related_body_id'], ['body.id'], name=op.f('fk_plan_item_revision_related_body_id_body')),
    sa.ForeignKeyConstraint(['version_id'], ['plan_version.id'], name=op.f('fk_plan_item_revision_version_id_plan_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_item_revision')),
    sa.UniqueConstraint('item_id', 'version_id', name=op.f('uq_plan_item_revision_item_id_version_id'))
    )
    with op.batch_alter_table('plan_item_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_item_revision_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_item_revision_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_item_revision_version_id'), ['version_id'], unique=False)
        batch_op.create_index('uq_plan_item_revision_shown', ['item_id'], unique=True, sqlite_where=sa.text('is_shown'), postgresql_where=sa.text('is_shown'))

    op.create_table('session_item',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_session_item_item_id_plan_item')),
    sa.ForeignKeyConstraint(['session_id'], ['plan_session.id'], name=op.f('fk_session_item_session_id_plan_session')),
    sa.PrimaryKeyConstraint('session_id', 'item_id', name=op.f('pk_session_item'))
    )
    with op.batch_alter_table('session_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_item_item_id'), ['item_id'], unique=False)

    op.create_table('theme_meeting',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_theme_meeting_item_id_plan_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_theme_meeting_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('item_id', 'meeting_id', name=op.f('pk_theme_meeting'))
    )
    with op.batch_alter_table('theme_meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_theme_meeting_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=True),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('presenter_id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_class', sa.Enum('state_party', 'signatory_state', 'observer_state', 'regional_organisation', 'international_organisation', 'civil_society', 'research_academia', 'industry', 'secretariat', name='presenter_class', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('offer_kind', sa.String(length=40), nullable=True),
    sa.Column('summary', sa.String(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=10), nullable=True),
    sa.Column('availability', sa.String(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('minutes IS NULL OR minutes > 0', name=op.f('ck_offer_minutes_positive')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_offer_call_id_call')),
    sa.ForeignKeyConstraint(['id'], ['record.id'], name=op.f('fk_offer_id_record')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_offer_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_offer_person_id_person')),
    sa.ForeignKeyConstraint(['presenter_id'], ['stakeholder.id'], name=op.f('fk_offer_presenter_id_stakeholder')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer'))
    )
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offer_call_id'), ['call_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_offer_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_offer_presenter_id'), ['presenter_id'], unique=False)

    op.create_table('output_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('output_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('on_text', sa.String(length=10), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_output_version_document_id_document')),
    sa.ForeignKeyConstraint(['output_id'], ['output.id'], name=op.f('fk_output_version_output_id_output')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_output_version')),
    sa.UniqueConstraint('output_id', 'number', name=op.f('uq_output_version_output_id_number'))
    )
    op.create_table('revision_article',
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['treaty_article.id'], name=op.f('fk_revision_article_article_id_treaty_article')),
    sa.ForeignKeyConstraint(['revision_id'], ['plan_item_revision.id'], name=op.f('fk_revision_article_revision_id_plan_item_revision')),
    sa.PrimaryKeyConstraint('revision_id', 'article_id', name=op.f('pk_revision_article'))
    )
    with op.batch_alter_table('revision_article', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_revision_article_article_id'), ['article_id'], unique=False)

    op.create_table('revision_stage',
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['plan_item_revision.id'], name=op.f('fk_revision_stage_revision_id_plan_item_revision')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_revision_stage_stage_id_stage')),
    sa.PrimaryKeyConstraint('revision_id', 'stage_id', name=op.f('pk_revision_stage'))
    )
    with op.batch_alter_table('revision_stage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_revision_stage_stage_id'), ['stage_id'], unique=False)

    op.create_table('offer_item',
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_offer_item_item_id_plan_item')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_offer_item_offer_id_offer')),
    sa.PrimaryKeyConstraint('offer_id', 'item_id', name=op.f('pk_offer_item'))
    )
    with op.batch_alter_table('offer_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offer_item_item_id'), ['item_id'], unique=False)

    op.create_table('offer_presenter',
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_offer_presenter_offer_id_offer')),
    sa.ForeignKeyConstraint(['stakeholder_id'], ['stakeholder.id'], name=op.f('fk_offer_presenter_stakeholder_id_stakeholder')),
    sa.PrimaryKeyConstraint('offer_id', 'stakeholder_id', name=op.f('pk_offer_presenter'))
    )
    with op.batch_alter_table('offer_presenter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offer_presenter_stakeholder_id'), ['stakeholder_id'], unique=False)

    op.create_table('published_slot',
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=1000), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('presenter_id', sa.Integer(), nullable=False),
    sa.Column('stakeholder_class', sa.Enum('state_party', 'signatory_state', 'observer_state', 'regional_organisation', 'international_organisation', 'civil_society', 'research_academia', 'industry', 'secretariat', name='published_class', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('offer_kind', sa.String(length=40), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_published_slot_offer_id_offer')),
    sa.ForeignKeyConstraint(['presenter_id'], ['stakeholder.id'], name=op.f('fk_published_slot_presenter_id_stakeholder')),
    sa.ForeignKeyConstraint(['session_id'], ['published_session.session_id'], name=op.f('fk_published_slot_session_id_published_session')),
    sa.PrimaryKeyConstraint('offer_id', name=op.f('pk_published_slot'))
    )
    with op.batch_alter_table('published_slot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_published_slot_presenter_id'), ['presenter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_published_slot_session_id'), ['session_id'], unique=False)

    op.create_table('slot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('agenda_item_id', sa.Integer(), nullable=True),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.CheckConstraint('minutes IS NULL OR minutes > 0', name=op.f('ck_slot_minutes_positive')),
    sa.ForeignKeyConstraint(['agenda_item_id'], ['agenda_item.id'], name=op.f('fk_slot_agenda_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_slot_offer_id_offer')),
    sa.ForeignKeyConstraint(['session_id'], ['plan_session.id'], name=op.f('fk_slot_session_id_plan_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot')),
    sa.UniqueConstraint('offer_id', name=op.f('uq_slot_offer_id'))
    )
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slot_agenda_item_id'), ['agenda_item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_slot_session_id'), ['session_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slot_session_id'))
        batch_op.drop_index(batch_op.f('ix_slot_agenda_item_id'))

    op.drop_table('slot')
    with op.batch_alter_table('published_slot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_published_slot_session_id'))
        batch_op.drop_index(batch_op.f('ix_published_slot_presenter_id'))

    op.drop_table('published_slot')
    with op.batch_alter_table('offer_presenter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offer_presenter_stakeholder_id'))

    op.drop_table('offer_presenter')
    with op.batch_alter_table('offer_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offer_item_item_id'))

    op.drop_table('offer_item')
    with op.batch_alter_table('revision_stage', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_revision_stage_stage_id'))

    op.drop_table('revision_stage')
    with op.batch_alter_table('revision_article', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_revision_article_article_id'))

    op.drop_table('revision_article')
    op.drop_table('output_version')
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offer_presenter_id'))
        batch_op.drop_index(batch_op.f('ix_offer_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_offer_call_id'))

    op.drop_table('offer')
    with op.batch_alter_table('theme_meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_theme_meeting_meeting_id'))

    op.drop_table('theme_meeting')
    with op.batch_alter_table('session_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_item_item_id'))

    op.drop_table('session_item')
    with op.batch_alter_table('plan_item_revision', schema=None) as batch_op:
        batch_op.drop_index('uq_plan_item_revision_shown', sqlite_where=sa.text('is_shown'), postgresql_where=sa.text('is_shown'))
        batch_op.drop_index(batch_op.f('ix_plan_item_revision_version_id'))
        batch_op.drop_index(batch_op.f('ix_plan_item_revision_parent_id'))
        batch_op.drop_index(batch_op.f('ix_plan_item_revision_cycle_id'))

    op.drop_table('plan_item_revision')
    with op.batch_alter_table('output', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_output_session_id'))
        batch_op.drop_index(batch_op.f('ix_output_output_kind'))
        batch_op.drop_index(batch_op.f('ix_output_item_id'))
        batch_op.drop_index(batch_op.f('ix_output_document_id'))
        batch_op.drop_index(batch_op.f('ix_output_cycle_id'))
        batch_op.drop_index(batch_op.f('ix_output_body_id'))

    op.drop_table('output')
    with op.batch_alter_table('item_lineage', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_lineage_from_item_id'))

    op.drop_table('item_lineage')
    with op.batch_alter_table('contribution', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contribution_stakeholder_id'))
        batch_op.drop_index(batch_op.f('ix_contribution_session_id'))
        batch_op.drop_index(batch_op.f('ix_contribution_item_id'))

    op.drop_table('contribution')
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_call_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_call_item_id'))
        batch_op.drop_index(batch_op.f('ix_call_closes_at'))

    op.drop_table('call')
    with op.batch_alter_table('plan_version', schema=None) as batch_op:
        batch_op.drop_index('uq_plan_version_working_copy', sqlite_where=sa.text("version_kind = 'working_copy'"), postgresql_where=sa.text("version_kind = 'working_copy'"))
        batch_op.drop_index(batch_op.f('ix_plan_version_plan_id'))

    op.drop_table('plan_version')
    with op.batch_alter_table('plan_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_item_plan_id'))
        batch_op.drop_index(batch_op.f('ix_plan_item_item_kind'))

    op.drop_table('plan_item')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_session_id'))
        batch_op.drop_index(batch_op.f('ix_decision_meeting_id'))

    op.drop_table('decision')
    op.drop_table('session_body')
    with op.batch_alter_table('record_document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_document_document_id'))

    op.drop_table('record_document')
    with op.batch_alter_table('published_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_published_session_release_id'))
        batch_op.drop_index('ix_published_session_day')

    op.drop_table('published_session')
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_body_id'))

    op.drop_table('plan')
    with op.batch_alter_table('intervention', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_intervention_stakeholder_id'))

    op.drop_table('intervention')
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_up_owner_id'))
        batch_op.drop_index(batch_op.f('ix_follow_up_due_session_id'))
        batch_op.drop_index(batch_op.f('ix_follow_up_due_on'))
        batch_op.drop_index(batch_op.f('ix_follow_up_comes_from_id'))

    op.drop_table('follow_up')
    with op.batch_alter_table('document_submitter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_submitter_stakeholder_id'))

    op.drop_table('document_submitter')
    op.drop_table('document_language')
    with op.batch_alter_table('document_follows', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_follows_follows_id'))

    op.drop_table('document_follows')
    with op.batch_alter_table('conference_action', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_action_record_id'))
        batch_op.drop_index(batch_op.f('ix_conference_action_cycle_id'))

    op.drop_table('conference_action')
    op.drop_table('agenda_item')
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.drop_index('uq_release_current', sqlite_where=sa.text('is_current'), postgresql_where=sa.text('is_current'))
        batch_op.drop_index(batch_op.f('ix_release_effective_at'))

    op.drop_table('release')
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_person_id'))

    op.drop_table('registration')
    with op.batch_alter_table('plan_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_session_meeting_id'))
        batch_op.drop_index('ix_plan_session_day')
        batch_op.drop_index(batch_op.f('ix_plan_session_body_id'))

    op.drop_table('plan_session')
    with op.batch_alter_table('office_user', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_office_user_user_id'))

    op.drop_table('office_user')
    op.drop_table('meeting_body')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_serial'))
        batch_op.drop_index(batch_op.f('ix_document_on_text'))
        batch_op.drop_index(batch_op.f('ix_document_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_document_doc_kind'))
        batch_op.drop_index(batch_op.f('ix_document_cycle_id'))
        batch_op.drop_index(batch_op.f('ix_document_body_id'))
        batch_op.drop_index(batch_op.f('ix_document_annex_of_id'))

    op.drop_table('document')
    with op.batch_alter_table('chairing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_chairing_holder_id'))

    op.drop_table('chairing')
    with op.batch_alter_table('calendar_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_calendar_entry_meeting')
        batch_op.drop_index('ix_calendar_entry_feed')

    op.drop_table('calendar_entry')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_record')

    op.drop_table('audit_entry')
    with op.batch_alter_table('audience_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audience_grant_user_id'))
        batch_op.drop_index(batch_op.f('ix_audience_grant_stakeholder_id'))
        batch_op.drop_index(batch_op.f('ix_audience_grant_record_id'))

    op.drop_table('audience_grant')
    op.drop_table('attendance_count')
    op.drop_table('user_account')
    with op.batch_alter_table('office', schema=None) as batch_op:
        batch_op.drop_index('uq_office_of_body')
        batch_op.drop_index(batch_op.f('ix_office_holder_id'))
        batch_op.drop_index(batch_op.f('ix_office_cycle_id'))
        batch_op.drop_index(batch_op.f('ix_office_body_id'))

    op.drop_table('office')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_start_on'))
        batch_op.drop_index(batch_op.f('ix_meeting_cycle_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_body_id'))

    op.drop_table('meeting')
    op.drop_table('feed_revision')
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delegation_stakeholder_id'))

    op.drop_table('delegation')
    with op.batch_alter_table('status_period', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_status_period_stakeholder_id'))
        batch_op.drop_index('ix_status_period_certain')

    op.drop_table('status_period')
    with op.batch_alter_table('record_host', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_host_stakeholder_id'))

    op.drop_table('record_host')
    with op.batch_alter_table('record_article', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_article_article_id'))

    op.drop_table('record_article')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_stakeholder_id'))

    op.drop_table('person')
    with op.batch_alter_table('instrument', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_instrument_region'))
        batch_op.drop_index(batch_op.f('ix_instrument_instrument_kind'))
        batch_op.drop_index(batch_op.f('ix_instrument_binding'))

    op.drop_table('instrument')
    with op.batch_alter_table('citation_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_citation_source_source_id'))

    op.drop_table('citation_source')
    with op.batch_alter_table('body', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_body_parent_id'))

    op.drop_table('body')
    op.drop_table('treaty_article')
    with op.batch_alter_table('stakeholder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stakeholder_sector'))
        batch_op.drop_index(batch_op.f('ix_stakeholder_region'))

    op.drop_table('stakeholder')
    op.drop_table('stage')
    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_source_source_kind'))

    op.drop_table('source')
    op.drop_table('search_document')
    op.drop_table('reference_note')
    op.drop_table('cycle')
    with op.batch_alter_table('citation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_citation_record_id'))

    op.drop_table('citation')
    with op.batch_alter_table('chain_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_chain_link_lower_id'))

    op.drop_table('chain_link')
    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_updated_at'))
        batch_op.drop_index('ix_record_kind_origin')
        batch_op.drop_index(batch_op.f('ix_record_home_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_record_home_body_id'))
        batch_op.drop_index(batch_op.f('ix_record_audience_parent_id'))

    op.drop_table('record')
    op.drop_table('audit_head')
