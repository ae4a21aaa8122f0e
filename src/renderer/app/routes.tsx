import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import { z } from 'zod';
import { captureStateSchema } from '../../shared/domain/provenance.ts';
import { ActorPane } from '../features/actors/actor-pane.tsx';
import { ActorsScreen } from '../features/actors/actors-screen.tsx';
import { NoActor } from '../features/actors/no-actor.tsx';
import { CheckBundleScreen } from '../features/bundles/check-bundle-screen.tsx';
import { ExportScreen } from '../features/bundles/export-screen.tsx';
import { CapturePane } from '../features/captures/capture-pane.tsx';
import { CapturesScreen } from '../features/captures/captures-screen.tsx';
import { NoCapture } from '../features/captures/no-capture.tsx';
import { CaseGate } from '../features/cases/case-gate.tsx';
import { CasesScreen } from '../features/cases/cases-screen.tsx';
import { VerifyScreen } from '../features/custody/verify-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Frame } from './frame.tsx';
import { NotFound } from './not-found.tsx';

const rootRoute = createRootRoute({ component: Frame, notFoundComponent: NotFound });
const at = <Path extends string>(path: Path) => ({ getParentRoute: () => rootRoute, path });

const casesRoute = createRoute({ ...at('/'), component: CasesScreen });
const settingsRoute = createRoute({ ...at('/settings'), component: SettingsScreen });
const checkRoute = createRoute({ ...at('/check'), component: CheckBundleScreen });

const caseRoute = createRoute({ ...at('/case/$caseId'), component: CaseGate });
const inCase = <Path extends string>(path: Path) => ({ getParentRoute: () => caseRoute, path });

const caseIndexRoute = createRoute({
  ...inCase('/'),
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/case/$caseId/captures', params: { caseId: params.caseId } });
  },
});

const filterSchema = z.object({
  q: z.string().optional().catch(undefined),
  state: captureStateSchema.optional().catch(undefined),
  actor: z.string().optional().catch(undefined),
  order: z.enum(['oldest']).optional().catch(undefined),
});
export type CaptureFilter = z.infer<typeof filterSchema>;

const capturesRoute = createRoute({
  ...inCase('/captures'),
  validateSearch: filterSchema,
  component: CapturesScreen,
});
const noCaptureRoute = createRoute({ getParentRoute: () => capturesRoute, path: '/', component: NoCapture });

export const captureViews = ['page', 'provenance', 'custody', 'replay'] as const;
const viewSchema = z.object({ view: z.enum(captureViews).optional().catch(undefined) });

const captureRoute = createRoute({
  getParentRoute: () => capturesRoute,
  path: '/$captureId',
  validateSearch: viewSchema,
  component: CapturePane,
});

const actorsRoute = createRoute({ ...inCase('/actors'), component: ActorsScreen });
const noActorRoute = createRoute({ getParentRoute: () => actorsRoute, path: '/', component: NoActor });
const actorRoute = createRoute({
  getParentRoute: () => actorsRoute,
  path: '/$actorId',
  component: ActorPane,
});
const verifyRoute = createRoute({ ...inCase('/verify'), component: VerifyScreen });
const exportRoute = createRoute({ ...inCase('/export'), component: ExportScreen });

const routeTree = rootRoute.addChildren([
  casesRoute,
  settingsRoute,
  checkRoute,
  caseRoute.addChildren([
    caseIndexRoute,
    capturesRoute.addChildren([noCaptureRoute, captureRoute]),
    actorsRoute.addChildren([noActorRoute, actorRoute]),
    verifyRoute,
    exportRoute,
  ]),
]);

function RouteFailure({ error }: ErrorComponentProps) {
  return (
    <div className="p-6">
      <FailureNotice error={error} />
    </div>
  );
}

/** Every place of the interface, as an address behind `#`: it can be gone back to, and a reload returns to it. */
export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  defaultErrorComponent: RouteFailure,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
