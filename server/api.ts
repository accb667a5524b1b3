import { accountRoutes } from '#accounts/routes.ts'
import { fieldRoutes } from '#fields/routes.ts'
import { leadRoutes } from '#leads/routes.ts'
import { pipelineRoutes } from '#pipelines/routes.ts'
import type { Route } from '#platform/route.ts'

/** The whole HTTP surface on one screen: one line for each domain. */
export const routes: Route[] = [...accountRoutes, ...pipelineRoutes, ...fieldRoutes, ...leadRoutes]
