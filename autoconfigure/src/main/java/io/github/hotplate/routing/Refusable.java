package io.github.hotplate.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.hotplate.command.Footprint;

/**
 * Commands with several keys, which a node refuses while a slot moves and some of the
 * keys are elsewhere, although it runs later commands on one of them. So those wait for
 * the reply.
 */
final class Refusable {

	private Refusable() {
	}

	/**
	 * Take the commands that wait for one of the others.
	 * @param lot the commands that are about to be sent, from which they are removed
	 * @return those that wait, in their order
	 */
	static List<PendingCommand> takeFollowers(List<PendingCommand> lot) {
		KeyIndex awaited = KeyIndex.ofFirst();
		List<PendingCommand> followers = new ArrayList<>();
		for (PendingCommand command : lot) {
			Footprint footprint = command.footprint();
			boolean follows = awaited.find(footprint) < command.index();
			if (follows) {
				followers.add(command);
			}
			if (follows || footprint.read().size() + footprint.written().size() > 1) {
				awaited.add(footprint, command.index());
			}
		}
		lot.removeAll(Set.copyOf(followers));
		return followers;
	}

}
