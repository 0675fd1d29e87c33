#include "capture/reader/prepare.h"

#include <iconv.h>
#include <leptonica/allheaders.h>
#include <poppler-global.h>
#include <string>

namespace capture::reader {

void prepare_libraries()
{
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    setMsgSeverity(L_SEVERITY_NONE);
    // poppler-cpp converts by iconv, whose UTF-16 is a module that the C library loads at first
    // use. Never closed, so that it stays loaded.
    static const iconv_t to_utf8 = iconv_open("UTF-8", "UTF-16");
    static const iconv_t from_utf8 = iconv_open("UTF-16", "UTF-8");
    static_cast<void>(to_utf8);
    static_cast<void>(from_utf8);
}

} // namespace capture::reader
