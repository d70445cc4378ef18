import { Component, type ReactNode } from "react";
import { ErrorState } from "./ErrorState";

type Props = {
  children: ReactNode;
  /** Changing it clears the error: what is shown is another thing now. */
  resetKey?: unknown;
  onRetry?: () => void;
  compact?: boolean;
  fallback?: (error: unknown, retry: () => void) => ReactNode;
};

type State = { failed: false } | { failed: true; error: unknown; resetKey: unknown };

/** Keeps a failure where it happened: the rest of the page goes on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failed: true, error };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    if (!state.failed) return null;
    if (state.resetKey === undefined) return { ...state, resetKey: props.resetKey ?? null };
    return state.resetKey === (props.resetKey ?? null) ? null : { failed: false };
  }

  private readonly retry = () => {
    this.props.onRetry?.();
    this.setState({ failed: false });
  };

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      this.props.fallback?.(this.state.error, this.retry) ?? (
        <ErrorState error={this.state.error} onRetry={this.retry} compact={this.props.compact ?? false} />
      )
    );
  }
}
