import { Component, type ReactNode } from 'react';

interface Props {
    /** What is shown when the children cannot be drawn. */
    instead: ReactNode;
    children: ReactNode;
}

/** Keeps what fails inside from taking the whole page away. */
export class Boundary extends Component<Props, { hasFailed: boolean }> {
    override state = { hasFailed: false };

    static getDerivedStateFromError() {
        return { hasFailed: true };
    }

    override render() {
        return this.state.hasFailed ? this.props.instead : this.props.children;
    }
}
