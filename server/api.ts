import { accountRoutes } from '#accounts/routes.ts'
import { countUsers } from '#accounts/users/users.ts'
import { conversationsOfLead } from '#conversations/belongings.ts'
import { conversationRelation } from '#conversations/include.ts'
import type { HasWindow } from '#conversations/list.ts'
import { conversationRoutes } from '#conversations/routes.ts'
import { eventRoutes } from '#events/routes.ts'
import { countFields } from '#fields/actions.ts'
import { fieldRoutes } from '#fields/routes.ts'
import { handOverLeads } from '#leads/handover.ts'
import type { Belonging } from '#leads/identity/belongings.ts'
import { mergeRoutes } from '#leads/identity/merge-routes.ts'
import { lifeRoutes } from '#leads/life-routes.ts'
import { boardRoutes } from '#leads/list/board-routes.ts'
import { leadRoutes } from '#leads/routes.ts'
import { sourceRoutes } from '#leads/sources/source-routes.ts'
import { countLeads } from '#leads/stages/counts.ts'
import { removalRoutes } from '#leads/stages/removal-routes.ts'
import { tagRoutes } from '#leads/tags/tag-routes.ts'
import { countPipelines } from '#pipelines/actions.ts'
import { pipelineRoutes } from '#pipelines/routes.ts'
import type { Route } from '#platform/route.ts'
import { reportRoutes } from '#reports/routes.ts'
import { enrollmentRoutes } from '#sequences/enrollments/routes.ts'
import { countSequences } from '#sequences/queries.ts'
import { sequenceRoutes } from '#sequences/routes.ts'
import { runRoutes, sequencesRelation } from '#sequences/run-routes.ts'
import { runsOfLead } from '#sequences/runs/merging.ts'
import { handOverTasks } from '#tasks/handover.ts'
import { taskRoutes } from '#tasks/routes.ts'
import { viewRoutes } from '#views/routes.ts'
import { countWebhooks } from '#webhooks/queries.ts'
import { webhookRoutes } from '#webhooks/routes.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import { optOutRoutes } from '#whatsapp/inbox/opt-out-routes.ts'
import { countInstances, hasBegun } from '#whatsapp/instances/queries.ts'
import { instanceRoutes } from '#whatsapp/instances/routes.ts'
import { mediaRoutes } from '#whatsapp/media-routes.ts'
import { outboxRoutes } from '#whatsapp/outbox/routes.ts'
import { sandboxRoutes } from '#whatsapp/sandbox/routes.ts'
import { whatsappSettingsRoutes } from '#whatsapp/settings-routes.ts'
import { tellRead } from '#whatsapp/tell-read.ts'
import { templateRoutes } from '#whatsapp/templates/routes.ts'

const counters = {
  users: countUsers,
  leads: countLeads,
  pipelines: countPipelines,
  custom_fields: countFields,
  sequences: countSequences,
  webhooks: countWebhooks,
  whatsapp_instances: countInstances,
}
const hasWindow: HasWindow = (instance) => abilitiesOf(instance).has_window_restriction
const relations = { conversation: conversationRelation(hasWindow), sequences: sequencesRelation }
const belongings: Belonging[] = [conversationsOfLead, runsOfLead]
const handOvers = [handOverLeads, handOverTasks]

/** The whole HTTP surface on one screen: one line for each domain. */
export const routes: Route[] = [
  ...accountRoutes({ counters, handOvers, hasBegunWhatsApp: hasBegun }),
  ...pipelineRoutes,
  ...fieldRoutes,
  ...leadRoutes({ relations }),
  ...boardRoutes,
  ...lifeRoutes,
  ...tagRoutes,
  ...sourceRoutes,
  ...mergeRoutes(belongings),
  ...removalRoutes,
  ...taskRoutes,
  ...viewRoutes,
  ...conversationRoutes({ hasWindow, tellRead }),
  ...mediaRoutes,
  ...sequenceRoutes,
  ...runRoutes,
  ...enrollmentRoutes,
  ...reportRoutes,
  ...eventRoutes,
  ...webhookRoutes,
  ...instanceRoutes,
  ...sandboxRoutes,
  ...templateRoutes,
  ...whatsappSettingsRoutes,
  ...outboxRoutes,
  ...optOutRoutes,
]
