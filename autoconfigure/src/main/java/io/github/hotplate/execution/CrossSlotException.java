package io.github.hotplate.execution;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * The keys of one command hash to several slots, and the command cannot be split. Nothing
 * was sent.
 *
 * @since 0.1.0
 */
public class CrossSlotException extends InvalidDataAccessApiUsageException {

	public CrossSlotException(String message) {
		super(message);
	}

}
