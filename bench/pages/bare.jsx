// What the log explorer is measured against: the same rows in the same virtual list and nothing
// else. No link, no state of a row, no language, no style but what keeps cells in their columns.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { call, rowsLoaded } from '../../tests/e2e/support/many_calls.mjs';
import './bare.css';

const lineHeight = 34;
const overscan = 12;
const rows = Array.from({ length: rowsLoaded }, (_, at) => call(rowsLoaded - at));

function List() {
    const place = useRef(null);
    const list = useVirtualizer({
        count: rows.length, overscan, getScrollElement: () => place.current, estimateSize: () => lineHeight,
    });
    return (
        <div ref={place} className="scroll" data-testid="calls">
            <div style={{ height: list.getTotalSize(), position: 'relative' }}>
                {list.getVirtualItems().map(({ key, index, start }) => {
                    const row = rows[index];
                    return (
                        <div key={key} className="line" role="listitem" style={{ transform: `translateY(${start}px)` }}>
                            <span>{row.timestamp.slice(11, 23)}</span>
                            <span>{row.status}</span>
                            <span>{row.tool_name} {row.server_name}</span>
                            <span>{row.input_data.size} B</span>
                            <span>{row.client_name}</span>
                            <span>{row.duration_ms} ms</span>
                        </div>
                    );
                })}
            </div>
        </div>
    );
}

createRoot(document.getElementById('root')).render(<List />);
