/**
 * Samples keys, counts them in bounded memory and reports the hot ones.
 * <p>
 * Internal except for {@link HotKey}, {@link HotKeyEvent}, {@link HotKeyListener},
 * {@link HotKeyNaming}, {@link HotKeyReport}, {@link HotKeyTracker} and
 * {@link KeyAccess}: may change without notice.
 */
@NullMarked
package io.github.hotplate.hotkey;

import org.jspecify.annotations.NullMarked;
