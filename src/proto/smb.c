/* SPDX-License-Identifier: MIT */
/* smb.c - the headers of SMB 1 (MS-CIFS section 2.2.3.1) and SMB 2 and 3 (MS-SMB2 section 2.2.1), little-endian. */
#include "list.h"

#define SMB1 0xff534d42u
#define SMB2 0xfe534d42u

static const struct rt_word commands1[] = {
	{ 0x04, "SMB_COM_CLOSE" }, { 0x24, "SMB_COM_LOCKING_ANDX" }, { 0x25, "SMB_COM_TRANSACTION" },
	{ 0x2b, "SMB_COM_ECHO" }, { 0x2d, "SMB_COM_OPEN_ANDX" }, { 0x2e, "SMB_COM_READ_ANDX" },
	{ 0x2f, "SMB_COM_WRITE_ANDX" }, { 0x32, "SMB_COM_TRANSACTION2" }, { 0x71, "SMB_COM_TREE_DISCONNECT" },
	{ 0x72, "SMB_COM_NEGOTIATE" }, { 0x73, "SMB_COM_SESSION_SETUP_ANDX" }, { 0x74, "SMB_COM_LOGOFF_ANDX" },
	{ 0x75, "SMB_COM_TREE_CONNECT_ANDX" }, { 0xa0, "SMB_COM_NT_TRANSACT" }, { 0xa2, "SMB_COM_NT_CREATE_ANDX" },
};
static const struct rt_word commands2[] = {
	{ 0, "SMB2_NEGOTIATE" }, { 1, "SMB2_SESSION_SETUP" }, { 2, "SMB2_LOGOFF" }, { 3, "SMB2_TREE_CONNECT" },
	{ 4, "SMB2_TREE_DISCONNECT" }, { 5, "SMB2_CREATE" }, { 6, "SMB2_CLOSE" }, { 7, "SMB2_FLUSH" },
	{ 8, "SMB2_READ" }, { 9, "SMB2_WRITE" }, { 10, "SMB2_LOCK" }, { 11, "SMB2_IOCTL" }, { 12, "SMB2_CANCEL" },
	{ 13, "SMB2_ECHO" }, { 14, "SMB2_QUERY_DIRECTORY" }, { 15, "SMB2_CHANGE_NOTIFY" }, { 16, "SMB2_QUERY_INFO" },
	{ 17, "SMB2_SET_INFO" }, { 18, "SMB2_OPLOCK_BREAK" },
};
static const struct rt_word statuses[] = {
	{ 0, "STATUS_SUCCESS" }, { 0x103, "STATUS_PENDING" }, { 0x80000005, "STATUS_BUFFER_OVERFLOW" },
	{ 0x80000006, "STATUS_NO_MORE_FILES" }, { 0xc000000d, "STATUS_INVALID_PARAMETER" },
	{ 0xc0000016, "STATUS_MORE_PROCESSING_REQUIRED" }, { 0xc0000022, "STATUS_ACCESS_DENIED" },
	{ 0xc0000034, "STATUS_OBJECT_NAME_NOT_FOUND" }, { 0xc000006d, "STATUS_LOGON_FAILURE" },
	{ 0xc00000bb, "STATUS_NOT_SUPPORTED" }, { 0xc00000cc, "STATUS_BAD_NETWORK_NAME" },
	{ 0xc0000120, "STATUS_CANCELLED" }, { 0xc0000203, "STATUS_USER_SESSION_DELETED" },
};

#define LITTLE .is_little = true
#define STATUS(bit) { "Status", bit, 32, RT_XENUM, .names = RT_NAMES(RT_WORDS(statuses)), LITTLE }

static const struct rt_row rows1[] = {
	{ "Start",               0, 32, RT_HEX, .init = SMB1 },
	{ "Command",            32,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(commands1)) },
	STATUS(40),
	{ "Flags",              72,  8, RT_HEX },
	{ "Flags2",             80, 16, RT_HEX, LITTLE },
	{ "PIDHigh",            96, 16, RT_NUM, LITTLE },
	{ "SecuritySignature", 112, 64, RT_XBYTES },
	{ "Reserved",          176, 16, RT_NUM, LITTLE },
	{ "TID",               192, 16, RT_NUM, LITTLE },
	{ "PIDLow",            208, 16, RT_NUM, LITTLE },
	{ "UID",               224, 16, RT_NUM, LITTLE },
	{ "MID",               240, 16, RT_NUM, LITTLE },
};
static const struct rt_row rows2[] = {
	{ "Start",               0,  32, RT_HEX, .init = SMB2 },
	{ "StructureSize",      32,  16, RT_NUM, LITTLE },
	{ "CreditCharge",       48,  16, RT_NUM, LITTLE },
	STATUS(64),
	{ "Command",            96,  16, RT_ENUM, .names = RT_NAMES(RT_WORDS(commands2)), LITTLE },
	{ "CreditsRequested",  112,  16, RT_NUM, LITTLE },
	{ "Flags",             128,  32, RT_HEX, LITTLE },
	{ "NextCommand",       160,  32, RT_HEX, LITTLE },
	{ "MID",               192,  64, RT_NUM, LITTLE },
	{ "PID",               256,  32, RT_NUM, LITTLE },
	{ "TID",               288,  32, RT_NUM, LITTLE },
	{ "SessionId",         320,  64, RT_HEX, LITTLE },
	{ "SecuritySignature", 384, 128, RT_XBYTES },
};

const struct rt_proto proto_smb = {
	.name = "SMB_Header", .title = "SMB 1 Protocol Header", .spec = "MS-CIFS section 2.2.3.1", RT_ROWS(rows1),
	.header = 32,
	.lines = RT_LINES({ "Status", 0, "SMB {Command}" }, { .text = "SMB {Command} {Status}" }),
	RT_LINKS({ "NBTSession", NULL, 0, "Start", SMB1 }, { "NBTDatagram", NULL, 0, "Start", SMB1 }),
};
const struct rt_proto proto_smb2 = {
	.name = "SMB2_Header", .title = "SMB2 Header", .spec = "MS-SMB2 section 2.2.1", RT_ROWS(rows2), .header = 64,
	.lines = RT_LINES({ "Status", 0, "SMB2 {Command}" }, { .text = "SMB2 {Command} {Status}" }),
	RT_LINKS({ "NBTSession", NULL, 0, "Start", SMB2 }),
};
