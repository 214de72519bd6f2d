import { after } from 'node:test';
import { targetExam } from '../../exams/target.ts';
import { startApiDouble } from './api/apiDouble.fixture.ts';
import { kubernetesSubject } from './api/kubernetesSubject.fixture.ts';
import {
  BARE_HPA,
  BARE_SCALED_OBJECT,
  DEPLOYMENT,
  HPA,
  SCALED_OBJECT,
  STATEFUL_SET,
} from './api/subjectKinds.fixture.ts';

const double = await startApiDouble();
after(() => double.stop());

const upstream = { url: double.url, renamed: [] };

targetExam('an HPA (double)', () => kubernetesSubject(upstream, HPA));
targetExam('a bare HPA (double)', () => kubernetesSubject(upstream, BARE_HPA));
targetExam('a Deployment (double)', () => kubernetesSubject(upstream, DEPLOYMENT));
targetExam('a StatefulSet (double)', () => kubernetesSubject(upstream, STATEFUL_SET));
targetExam('a ScaledObject (double)', () => kubernetesSubject(upstream, SCALED_OBJECT));
targetExam('a bare ScaledObject (double)', () => kubernetesSubject(upstream, BARE_SCALED_OBJECT));
