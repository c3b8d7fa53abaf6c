package io.github.hotplate.routing;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.execution.NodeUnreachableException;

/**
 * The commands of a batch that must not be sent any more, because an earlier one on one
 * of their keys may have to be sent again and would be overtaken. Not thread-safe.
 */
final class HeldUpCommands {

	private final KeyIndex first = KeyIndex.ofFirst();

	private @Nullable NodeUnreachableException reason;

	boolean isEmpty() {
		return this.reason == null;
	}

	/**
	 * Hold up all later commands on a command's keys.
	 * @param command a command that may have to be sent again
	 * @param failure how it failed
	 */
	void add(PendingCommand command, RuntimeException failure) {
		if (this.reason == null) {
			this.reason = new NodeUnreachableException(
					"Not sent, since an earlier command of the same pipeline failed and must not be overtaken: "
							+ failure.getMessage(),
					failure);
		}
		this.first.add(command.footprint(), command.index());
	}

	/**
	 * Return why a command must not be sent.
	 * @param command the command
	 * @return the exception that takes the place of its reply, or {@code null} if it may
	 * be sent
	 */
	@Nullable NodeUnreachableException reasonFor(PendingCommand command) {
		boolean heldUp = this.reason != null && this.first.find(command.footprint()) < command.index();
		return heldUp ? this.reason : null;
	}

}
