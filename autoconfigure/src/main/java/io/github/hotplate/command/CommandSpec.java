package io.github.hotplate.command;

/**
 * What is known of a command whatever its arguments. One instance exists per command, so
 * that an identity look-up finds what belongs to it.
 *
 * @param name the name in upper case, with a container's sub-command after a space
 * ({@code GET}, {@code CONFIG GET})
 * @param label the name in lower case, as metrics show it
 * @param readOnly whether Redis flags the command {@code READONLY}
 * @param requestPolicy which nodes must see the command
 * @param responsePolicy how replies of several nodes become one
 * @since 0.1.0
 */
public record CommandSpec(String name, String label, boolean readOnly, RequestPolicy requestPolicy,
		ResponsePolicy responsePolicy) {

}
