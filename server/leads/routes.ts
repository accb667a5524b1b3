import { type Static, Type } from 'typebox'
import { Event, eventExample, listLeadEvents } from '#events/timeline.ts'
import { changeTags, createLead, deleteLead, updateLead } from '#leads/actions.ts'
import { pastsOf } from '#leads/identity/merged.ts'
import { upsertLead } from '#leads/identity/upsert.ts'
import { includingFrom, type Relation } from '#leads/list/include.ts'
import { listChanges } from '#leads/list/sync.ts'
import { findLeadOrSurvivor, listLeads } from '#leads/queries.ts'
import {
  Include,
  Lead,
  LeadChanges,
  LeadFilters,
  LeadId,
  LeadPage,
  leadExample,
  NewLead,
  OneLead,
} from '#leads/schema.ts'
import { loseLead, moveLead, winLead } from '#leads/stages/moves.ts'
import { linksOf, Meta, Paging } from '#platform/pages.ts'
import { Answer, route, tagged } from '#platform/route.ts'
import { Id, Money, nullable, ref, text } from '#platform/shapes.ts'

const Moved = { lead_id: Id }
const movedExample = { lead_id: 123 }
const Tags = Type.Object({ tags: Type.Array(text(50), { maxItems: 100 }) })
const Tagged = { lead_id: Id, tags: Type.Array(Type.String()) }
const newLeadExample = {
  name: 'João Silva',
  phone: '(11) 99988-7766',
  email: 'joao@example.com',
  tags: ['vip'],
}
const one = (lead: Static<typeof Lead>) => ({ lead })
const moved = (lead: Static<typeof Lead>) => ({ lead_id: lead.id })
const tags = (lead: Static<typeof Lead>) => ({ lead_id: lead.id, tags: lead.tags })

/** With what later folders can add to a lead. */
export function leadRoutes({ relations }: { relations: Record<string, Relation> }) {
  const including = includingFrom(relations)
  return tagged('Leads', [
    route(
      'listLeads',
      'GET /leads',
      {
        permission: 'leads:read',
        summary: 'Leads, newest first',
        description:
          'Filters combine with “and”. To keep a copy in step: read `?with_deleted=1&cursor=` and follow `meta.next_cursor` with the same parameters until it is null, storing each page’s `data` and then removing its `deleted`. Keep `X-Sync-Watermark` and next time add it as `updated_since`. Nothing is lost; a lead may come twice. See docs/sync.md.',
        query: LeadFilters,
        answer: LeadPage,
        headers: { 'X-Sync-Watermark': 'The instant to send as the next `updated_since`; nothing is lost.' },
        example: {
          data: [leadExample],
          meta: { total: 250, per_page: 50, current_page: 1, last_page: 5, has_more: true },
        },
      },
      async ({ scope, query, can, url }) => {
        const list = query.with_deleted ? listChanges : listLeads
        const { data, meta, watermark, ...deleted } = await list(scope, query)
        return new Answer(
          { data: await including(scope, data, query.include, can), ...deleted, meta },
          { headers: { ...linksOf(url, meta), 'x-sync-watermark': watermark } },
        )
      },
    ),
    route(
      'createLead',
      'POST /leads',
      {
        permission: 'leads:write',
        summary: 'Create a lead',
        description: 'Without a pipeline or stage it goes to the default pipeline’s first stage.',
        body: NewLead,
        bodyExample: newLeadExample,
        answer: OneLead,
        status: 201,
        rules: ['limit_reached'],
        example: one(leadExample),
      },
      async ({ scope, body }) => one(await createLead(scope, body)),
    ),
    route(
      'upsertLead',
      'POST /leads/upsert',
      {
        permission: 'leads:write',
        summary: 'Update the lead with this phone or e-mail, or create it',
        description:
          'Found by phone, with or without Brazil’s ninth digit, then by e-mail. `name` is required when the lead is new.',
        body: LeadChanges,
        bodyExample: newLeadExample,
        answer: { created: Type.Boolean(), lead: Lead },
        alsoStatus: 201,
        rules: ['limit_reached', 'blocked'],
        example: { created: false, lead: leadExample },
      },
      async ({ scope, body }) => {
        const { created, lead } = await upsertLead(scope, body)
        return new Answer({ created, lead }, { status: created ? 201 : 200 })
      },
    ),
    route(
      'getLead',
      'GET /leads/{id}',
      {
        permission: 'leads:read',
        summary: 'One lead',
        description:
          'The id of a lead that was merged answers with the one that it became part of, and says so in `merged_from` and `Content-Location`.',
        params: LeadId,
        query: Type.Object({ include: Include }),
        answer: {
          ...OneLead,
          merged_from: Type.Optional({ ...Id, description: 'The id that was asked for, if it was merged.' }),
        },
        example: one(leadExample),
      },
      async ({ scope, params, query, can, url }) => {
        const lead = await findLeadOrSurvivor(scope, params.id)
        const [shown] = query.include ? await including(scope, [lead], query.include, can) : [lead]
        if (lead.id === params.id) return { lead: shown! }
        const headers = { 'content-location': url.replace(`/${params.id}`, `/${lead.id}`) }
        return new Answer({ lead: shown!, merged_from: params.id }, { headers })
      },
    ),
    ...(['PUT', 'PATCH'] as const).map((method) =>
      route(
        method === 'PUT' ? 'updateLead' : 'patchLead',
        `${method} /leads/{id}`,
        {
          permission: 'leads:write',
          summary: 'Change any of a lead’s fields',
          description: 'Fields that are not sent stay as they are; null clears.',
          params: LeadId,
          body: LeadChanges,
          bodyExample: { company: 'ACME', custom_fields: { tamanho_empresa: '100+' } },
          answer: OneLead,
          rules: ['blocked'],
          example: one(leadExample),
        },
        async ({ scope, params, body }) => one(await updateLead(scope, params.id, body)),
      ),
    ),
    route(
      'deleteLead',
      'DELETE /leads/{id}',
      {
        permission: 'leads:write',
        summary: 'Delete a lead',
        description: 'What is left is a tombstone for sync and the account’s events.',
        params: LeadId,
        answer: {},
        example: {},
      },
      async ({ scope, params }) => {
        await deleteLead(scope, params.id)
        return {}
      },
    ),
    route(
      'moveLead',
      'PUT /leads/{id}/stage',
      {
        permission: 'leads:write',
        summary: 'Move a lead to another stage',
        params: LeadId,
        body: Type.Object({
          stage_id: ref('stages'),
          pipeline_id: Type.Optional(nullable(ref('pipelines'))),
        }),
        bodyExample: { stage_id: 5 },
        answer: Moved,
        rules: ['blocked'],
        example: movedExample,
      },
      async ({ scope, params, body }) => moved(await moveLead(scope, params.id, body)),
    ),
    route(
      'winLead',
      'PUT /leads/{id}/won',
      {
        permission: 'leads:write',
        summary: 'Mark a lead as won',
        params: LeadId,
        body: Type.Object({
          stage_id: Type.Optional(
            nullable(ref('stages', { description: 'A won stage; default: the pipeline’s.' })),
          ),
          value: Type.Optional(nullable(Money)),
        }),
        bodyExample: { value: 5000 },
        answer: Moved,
        rules: ['blocked', 'not_won_stage', 'no_won_stage'],
        example: movedExample,
      },
      async ({ scope, params, body }) => moved(await winLead(scope, params.id, body)),
    ),
    route(
      'loseLead',
      'PUT /leads/{id}/lost',
      {
        permission: 'leads:write',
        summary: 'Mark a lead as lost',
        params: LeadId,
        body: Type.Object({
          stage_id: Type.Optional(
            nullable(ref('stages', { description: 'A lost stage; default: the pipeline’s.' })),
          ),
          reason_id: Type.Optional(nullable(ref('lost_reasons'))),
        }),
        bodyExample: { reason_id: 2 },
        answer: Moved,
        rules: ['blocked', 'not_lost_stage', 'no_lost_stage'],
        example: movedExample,
      },
      async ({ scope, params, body }) => moved(await loseLead(scope, params.id, body)),
    ),
    route(
      'addLeadTags',
      'POST /leads/{id}/tags',
      {
        permission: 'leads:write',
        summary: 'Add tags',
        params: LeadId,
        body: Tags,
        bodyExample: { tags: ['vip'] },
        answer: Tagged,
        example: { lead_id: 123, tags: ['vip', 'enterprise'] },
      },
      async ({ scope, params, body }) => tags(await changeTags(scope, params.id, { add: body.tags })),
    ),
    route(
      'removeLeadTags',
      'DELETE /leads/{id}/tags',
      {
        permission: 'leads:write',
        summary: 'Take tags away',
        params: LeadId,
        body: Tags,
        bodyExample: { tags: ['vip'] },
        answer: Tagged,
        example: { lead_id: 123, tags: ['enterprise'] },
      },
      async ({ scope, params, body }) => tags(await changeTags(scope, params.id, { remove: body.tags })),
    ),
    route(
      'listLeadEvents',
      'GET /leads/{id}/events',
      {
        permission: 'leads:read',
        summary: 'A lead’s timeline, newest first',
        description: 'With that of the leads that were merged into it; `lead_id` says whose it was.',
        params: LeadId,
        query: Type.Object({ page: Paging.page, per_page: Paging.per_page }),
        answer: { data: Type.Array(Event), meta: Meta },
        example: {
          data: [eventExample],
          meta: { total: 1, per_page: 50, current_page: 1, last_page: 1, has_more: false },
        },
      },
      async ({ scope, params, query, url }) => {
        const lead = await findLeadOrSurvivor(scope, params.id)
        const pasts = await pastsOf(scope, [lead.id])
        const { data, meta } = await listLeadEvents(scope, pasts.get(lead.id)!, query)
        return new Answer({ data, meta }, { headers: linksOf(url, meta) })
      },
    ),
  ])
}
