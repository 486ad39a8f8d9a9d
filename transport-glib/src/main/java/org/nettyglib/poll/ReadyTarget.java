package org.nettyglib.poll;

import org.nettyglib.ffi.SourceFuncs;

/**
 * The target of a source that stays ready when its turn fails. GLib calls it, so a failure reaches nobody who could slow
 * the loop down, and it would come again at once.
 */
interface ReadyTarget extends SourceFuncs.Target {
    /** Does what the source is ready for. */
    void ready();

    @Override
    default void dispatch() {
        try {
            ready();
        } catch (RuntimeException e) {
            BackOff.after(e);
        }
    }
}
