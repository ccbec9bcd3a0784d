import uPlot from 'uplot';
import { resolved } from './colours';
import { tooltip } from './tooltip';
import type { ChartProps } from './time_chart';

const pad = (value: number): string => String(value).padStart(2, '0');

function moment(seconds: number, step: number): string {
    const time = new Date(seconds * 1000);
    const day = time.toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
    const words = `${day}, ${pad(time.getHours())}:${pad(time.getMinutes())}`;
    return step < 60 ? `${words}:${pad(time.getSeconds())}` : words;
}

function tick(seconds: number, step: number): string {
    const time = new Date(seconds * 1000);
    if (step >= 86_400 || (time.getHours() === 0 && time.getMinutes() === 0 && time.getSeconds() === 0)) {
        return time.toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
    }
    const words = `${pad(time.getHours())}:${pad(time.getMinutes())}`;
    return step < 60 ? `${words}:${pad(time.getSeconds())}` : words;
}

function axes({ bare, format }: ChartProps): uPlot.Axis[] {
    if (bare === true) {
        return [{ show: false }, { show: false }];
    }
    const stroke = resolved('var(--muted)');
    const grid = { stroke: resolved('var(--line)'), width: 1 };
    const font = '11px "Inter Variable", sans-serif';
    const clock: uPlot.Axis.DynamicValues = (_, splits, __, ___, step) => splits.map((at) => tick(at, step));
    const values: uPlot.Axis.DynamicValues = (_, splits) => splits.map((value) => format(value));
    return [
        { stroke, font, grid: { show: false }, ticks: { show: false }, size: 24, gap: 4, space: 70, values: clock },
        { stroke, font, grid, ticks: { show: false }, size: 52, gap: 6, space: 26, values },
    ];
}

function drawn({ kind, series }: ChartProps): uPlot.Series[] {
    if (kind === 'bars') {
        const paths = uPlot.paths.bars?.({ size: [0.82, 40], align: 1 });
        // The tallest sums come first, so that the others are painted over them.
        return series.map(({ label, colour }) => ({
            label, fill: resolved(colour), stroke: resolved(colour), width: 0,
            ...(paths === undefined ? {} : { paths }), points: { show: false },
        })).reverse();
    }
    return series.map(({ label, colour, area }) => ({
        label, stroke: resolved(colour), width: 1.75, spanGaps: true, points: { show: false },
        ...(area === true ? { fill: `${resolved(colour)}22` } : {}),
    }));
}

export function plotOptions(props: ChartProps, width: number): uPlot.Options {
    const { times, series, height, format, onBrush, bare } = props;
    const step = (times[1] ?? 0) - (times[0] ?? 0);
    const entries = series.map(({ label, colour, values }) => ({
        label, colour, words: (at: number) => {
            const value = values[at];
            return value === null || value === undefined ? '—' : format(value);
        },
    }));
    return {
        width, height, legend: { show: false }, padding: bare === true ? [2, 0, 2, 0] : [8, 8, 0, 0],
        scales: {
            // A bar reaches from its time to the next, the last one, too.
            x: { time: true, range: (_, from, to) => [from, to + (props.kind === 'bars' ? step : 0)] },
            y: { range: (_, __, most) => [0, most > 0 ? most * 1.08 : 1] },
        },
        cursor: { y: false, points: { show: props.kind === 'line' }, drag: { x: onBrush !== undefined, y: false, setScale: false } },
        axes: axes(props), series: [{}, ...drawn(props)],
        plugins: [tooltip(entries, (at) => moment(times[at] ?? 0, step))],
        hooks: {
            setSelect: [(chart) => {
                const { left, width: wide } = chart.select;
                if (onBrush !== undefined && wide > 3) {
                    onBrush(chart.posToVal(left, 'x'), chart.posToVal(left + wide, 'x'));
                    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
                }
            }],
        },
    };
}
