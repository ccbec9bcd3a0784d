import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { ChartProps } from './time_chart';

// Begun when a page with charts is loaded, so that it comes while the data do.
const library = import('./time_chart').then(({ TimeChart }) => ({ default: TimeChart }));
const Loaded = lazy(() => library);

/** The chart library comes with the first page that has a chart. */
export const Chart = (props: ChartProps) => (
    <Suspense fallback={<Skeleton h={props.height} />}><Loaded {...props} /></Suspense>
);
