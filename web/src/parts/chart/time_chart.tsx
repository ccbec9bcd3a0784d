import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import styles from './chart.module.css';
import { plotOptions } from './plot_options';
import { stacked } from './stack';

export interface ChartSeries {
    label: string;
    colour: string;
    values: (number | null)[];
    area?: boolean;
}

export interface ChartProps {
    /** Seconds since 1970, ascending. */
    times: number[];
    series: ChartSeries[];
    kind: 'bars' | 'line';
    height: number;
    format: (value: number) => string;
    /** What the chart shows, for those who do not see it. */
    description: string;
    bare?: boolean;
    /** Called with the seconds that a drag of the mouse spans. */
    onBrush?: (from: number, to: number) => void;
}

function columns({ times, series, kind }: ChartProps): uPlot.AlignedData {
    if (kind === 'line') {
        return [times, ...series.map(({ values }) => values)];
    }
    const sums = stacked(series.map(({ values }) => values.map((value) => value ?? 0)));
    return [times, ...sums.reverse()];
}

export function TimeChart(props: ChartProps) {
    const { ref, width } = useElementSize<HTMLDivElement>();
    const scheme = useComputedColorScheme('light');
    const latest = useRef(props);
    const [place, setPlace] = useState<HTMLDivElement | null>(null);
    const frame = useMergedRef(ref, setPlace);

    useEffect(() => { latest.current = props; });

    useEffect(() => {
        if (place === null || width === 0) {
            return undefined;
        }
        const plot = new uPlot(plotOptions(latest.current, width), columns(latest.current), place);
        return () => { plot.destroy(); };
        // Data are part of the tooltip's words, so that a new chart is as cheap as a changed one.
    }, [place, width, scheme, props.series, props.times]);

    return (
        <div ref={frame} className={styles.chart} style={{ height: props.height }} role="img"
            aria-label={props.description} />
    );
}
