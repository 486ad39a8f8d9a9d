package org.nettyglib.gio;

/** A callback that has to know that code in Java has taken it, and will run it later. */
interface PassedOn {
    void passedOn();
}
