export function Logo({ size = 24 }: { size?: number }) {
    return (
        <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="#4353d8" />
            <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
                <path d="M10 9v3a4 4 0 0 0 4 4h8M10 23v-3a4 4 0 0 1 4-4" />
            </g>
            <g fill="#fff"><circle cx="10" cy="8" r="3" /><circle cx="10" cy="24" r="3" /><circle cx="23" cy="16" r="3" /></g>
        </svg>
    );
}
