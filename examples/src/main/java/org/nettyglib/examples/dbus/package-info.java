/**
 * D-Bus whole: connect to a bus, call methods, follow signals, own a name, and export an object whose methods answer from Netty's
 * futures. One idea per file; {@link org.nettyglib.examples.dbus.DBusDemo} puts them together.
 */
@NullMarked
package org.nettyglib.examples.dbus;

import org.jspecify.annotations.NullMarked;
