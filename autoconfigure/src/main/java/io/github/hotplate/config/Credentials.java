package io.github.hotplate.config;

import org.jspecify.annotations.Nullable;

/**
 * The user and password of a client; {@link #toString()} masks the password.
 *
 * @param username the ACL user, or {@code null} for the default user
 * @param password the password, or {@code null} to send no {@code AUTH} at all
 * @since 0.1.0
 */
public record Credentials(@Nullable String username, @Nullable String password) {

	/**
	 * The credentials as the user info of a URL, with the password masked.
	 * @return text such as {@code app:******@}, or an empty string without a password
	 */
	@Override
	public String toString() {
		if (this.password == null) {
			return "";
		}
		return ((this.username != null) ? this.username : "") + ":" + Secrets.MASK + "@";
	}

}
