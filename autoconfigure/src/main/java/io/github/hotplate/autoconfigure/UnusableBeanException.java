package io.github.hotplate.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an application's bean has the name of one of ours, but not its type.
 */
final class UnusableBeanException extends IllegalStateException {

	private final String action;

	/**
	 * Create an exception.
	 * @param name the name of the application's bean
	 * @param type the type that it must have
	 * @param user the name of our bean that needs it
	 * @param bean the application's bean
	 */
	UnusableBeanException(String name, Class<?> type, String user, @Nullable Object bean) {
		super("Bean '" + name + "' must be a " + type.getSimpleName() + " for '" + user + "' to use it, and is "
				+ ((bean != null) ? "a " + bean.getClass().getName() : "null"));
		this.action = "Rename it, or declare a bean '" + user + "' of your own that does not need it.";
	}

	String getAction() {
		return this.action;
	}

}
