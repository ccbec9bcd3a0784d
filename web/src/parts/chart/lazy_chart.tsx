import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { ChartProps } from './time_chart';

const Loaded = lazy(() => import('./time_chart').then(({ TimeChart }) => ({ default: TimeChart })));

/** The chart library comes when the first chart is shown. */
export const Chart = (props: ChartProps) => (
    <Suspense fallback={<Skeleton h={props.height} />}><Loaded {...props} /></Suspense>
);
