#pragma once

namespace capture::reader {

/// `percept-reader --fence FOLDER PROGRAM ARGUMENT...`: runs LibreOffice inside its own, wider
/// sandbox: only FOLDER can be written, only system files can be read, no network, bounded memory,
/// processor time, file sizes and processes. Kills the whole process group when the client at the
/// other end of kChannelFd has gone. Returns its exit status.
int run_fenced(int argc, char** argv);

} // namespace capture::reader
