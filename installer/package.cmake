# cpack --config build/CPackConfig.cmake: a .deb that apt installs with what it needs.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME percept)
set(CPACK_PACKAGE_VENDOR Percept)
set(CPACK_PACKAGE_CONTACT "The Percept developers <percept@percept.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "ask your documents and recordings, and see where each answer stands")
set(CPACK_PACKAGE_DESCRIPTION
    "Percept reads documents, pictures, recordings and videos on this computer
and answers questions about them. Each answer shows the page, the picture
or the moment that it came from. Nothing leaves the computer.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
# Libraries are found by dpkg-shlibdeps; these are opened at run time.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "tesseract-ocr, tesseract-ocr-eng, tesseract-ocr-osd, poppler-data, fonts-dejavu-core, libqt6svg6")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3-pip, libasound2-plugins, fonts-noto-core")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS
    "libreoffice-writer-nogui, libreoffice-impress-nogui, libreoffice-calc-nogui, fonts-noto-cjk")
include(CPack)
