import { after } from 'node:test';
import { targetExam } from '../../exams/target.ts';
import { kubernetesSubject, type SubjectKind } from './api/kubernetesSubject.fixture.ts';
import { realApiMissing, startRealApi, type RealApi } from './api/realApi.fixture.ts';
import {
  BARE_HPA,
  BARE_SCALED_OBJECT,
  DEPLOYMENT,
  HPA,
  SCALED_OBJECT,
  STATEFUL_SET,
} from './api/subjectKinds.fixture.ts';

const missing = realApiMissing();
const api: RealApi | undefined = missing === false ? await startRealApi() : undefined;
after(() => api?.stop());

const examine = (name: string, kind: SubjectKind) => {
  targetExam(`${name} (Kubernetes' own API machinery)`, () => kubernetesSubject(api!, kind), {}, missing);
};

examine('an HPA', HPA);
examine('a bare HPA', BARE_HPA);
examine('a Deployment', DEPLOYMENT);
examine('a StatefulSet', STATEFUL_SET);
examine('a ScaledObject', SCALED_OBJECT);
examine('a bare ScaledObject', BARE_SCALED_OBJECT);
