/* SPDX-License-Identifier: MIT */
/* smb.c - the headers of SMB 1 (MS-CIFS section 2.2.3.1) and SMB 2 and 3 (MS-SMB2 section 2.2.1), little-endian. */
#include "list.h"

#define SMB1 0xff534d42u
#define SMB2 0xfe534d42u

static const struct rt_word commands1[] = {
	{ 0x00, "SMB_COM_CREATE_DIRECTORY" }, { 0x01, "SMB_COM_DELETE_DIRECTORY" }, { 0x02, "SMB_COM_OPEN" },
	{ 0x03, "SMB_COM_CREATE" }, { 0x04, "SMB_COM_CLOSE" }, { 0x05, "SMB_COM_FLUSH" },
	{ 0x06, "SMB_COM_DELETE" }, { 0x07, "SMB_COM_RENAME" }, { 0x08, "SMB_COM_QUERY_INFORMATION" },
	{ 0x09, "SMB_COM_SET_INFORMATION" }, { 0x0a, "SMB_COM_READ" }, { 0x0b, "SMB_COM_WRITE" },
	{ 0x0c, "SMB_COM_LOCK_BYTE_RANGE" }, { 0x0d, "SMB_COM_UNLOCK_BYTE_RANGE" },
	{ 0x0e, "SMB_COM_CREATE_TEMPORARY" }, { 0x0f, "SMB_COM_CREATE_NEW" }, { 0x10, "SMB_COM_CHECK_DIRECTORY" },
	{ 0x11, "SMB_COM_PROCESS_EXIT" }, { 0x12, "SMB_COM_SEEK" }, { 0x13, "SMB_COM_LOCK_AND_READ" },
	{ 0x14, "SMB_COM_WRITE_AND_UNLOCK" }, { 0x1a, "SMB_COM_READ_RAW" }, { 0x1b, "SMB_COM_READ_MPX" },
	{ 0x1c, "SMB_COM_READ_MPX_SECONDARY" }, { 0x1d, "SMB_COM_WRITE_RAW" }, { 0x1e, "SMB_COM_WRITE_MPX" },
	{ 0x1f, "SMB_COM_WRITE_MPX_SECONDARY" }, { 0x20, "SMB_COM_WRITE_COMPLETE" },
	{ 0x21, "SMB_COM_QUERY_SERVER" }, { 0x22, "SMB_COM_SET_INFORMATION2" },
	{ 0x23, "SMB_COM_QUERY_INFORMATION2" }, { 0x24, "SMB_COM_LOCKING_ANDX" }, { 0x25, "SMB_COM_TRANSACTION" },
	{ 0x26, "SMB_COM_TRANSACTION_SECONDARY" }, { 0x27, "SMB_COM_IOCTL" }, { 0x28, "SMB_COM_IOCTL_SECONDARY" },
	{ 0x29, "SMB_COM_COPY" }, { 0x2a, "SMB_COM_MOVE" }, { 0x2b, "SMB_COM_ECHO" },
	{ 0x2c, "SMB_COM_WRITE_AND_CLOSE" }, { 0x2d, "SMB_COM_OPEN_ANDX" }, { 0x2e, "SMB_COM_READ_ANDX" },
	{ 0x2f, "SMB_COM_WRITE_ANDX" }, { 0x30, "SMB_COM_NEW_FILE_SIZE" }, { 0x31, "SMB_COM_CLOSE_AND_TREE_DISC" },
	{ 0x32, "SMB_COM_TRANSACTION2" }, { 0x33, "SMB_COM_TRANSACTION2_SECONDARY" },
	{ 0x34, "SMB_COM_FIND_CLOSE2" }, { 0x35, "SMB_COM_FIND_NOTIFY_CLOSE" }, { 0x70, "SMB_COM_TREE_CONNECT" },
	{ 0x71, "SMB_COM_TREE_DISCONNECT" }, { 0x72, "SMB_COM_NEGOTIATE" }, { 0x73, "SMB_COM_SESSION_SETUP_ANDX" },
	{ 0x74, "SMB_COM_LOGOFF_ANDX" }, { 0x75, "SMB_COM_TREE_CONNECT_ANDX" },
	{ 0x7e, "SMB_COM_SECURITY_PACKAGE_ANDX" }, { 0x80, "SMB_COM_QUERY_INFORMATION_DISK" },
	{ 0x81, "SMB_COM_SEARCH" }, { 0x82, "SMB_COM_FIND" }, { 0x83, "SMB_COM_FIND_UNIQUE" },
	{ 0x84, "SMB_COM_FIND_CLOSE" }, { 0xa0, "SMB_COM_NT_TRANSACT" }, { 0xa1, "SMB_COM_NT_TRANSACT_SECONDARY" },
	{ 0xa2, "SMB_COM_NT_CREATE_ANDX" }, { 0xa4, "SMB_COM_NT_CANCEL" }, { 0xa5, "SMB_COM_NT_RENAME" },
	{ 0xc0, "SMB_COM_OPEN_PRINT_FILE" }, { 0xc1, "SMB_COM_WRITE_PRINT_FILE" },
	{ 0xc2, "SMB_COM_CLOSE_PRINT_FILE" }, { 0xc3, "SMB_COM_GET_PRINT_QUEUE" }, { 0xd8, "SMB_COM_READ_BULK" },
	{ 0xd9, "SMB_COM_WRITE_BULK" }, { 0xda, "SMB_COM_WRITE_BULK_DATA" }, { 0xfe, "SMB_COM_INVALID" },
	{ 0xff, "SMB_COM_NO_ANDX_COMMAND" },
};
static const struct rt_word commands2[] = {
	{ 0, "SMB2_NEGOTIATE" }, { 1, "SMB2_SESSION_SETUP" }, { 2, "SMB2_LOGOFF" }, { 3, "SMB2_TREE_CONNECT" },
	{ 4, "SMB2_TREE_DISCONNECT" }, { 5, "SMB2_CREATE" }, { 6, "SMB2_CLOSE" }, { 7, "SMB2_FLUSH" },
	{ 8, "SMB2_READ" }, { 9, "SMB2_WRITE" }, { 10, "SMB2_LOCK" }, { 11, "SMB2_IOCTL" }, { 12, "SMB2_CANCEL" },
	{ 13, "SMB2_ECHO" }, { 14, "SMB2_QUERY_DIRECTORY" }, { 15, "SMB2_CHANGE_NOTIFY" }, { 16, "SMB2_QUERY_INFO" },
	{ 17, "SMB2_SET_INFO" }, { 18, "SMB2_OPLOCK_BREAK" },
};
static const struct rt_word statuses[] = {
	{ 0, "STATUS_SUCCESS" }, { 0x103, "STATUS_PENDING" }, { 0x10c, "STATUS_NOTIFY_ENUM_DIR" },
	{ 0x80000005, "STATUS_BUFFER_OVERFLOW" }, { 0x80000006, "STATUS_NO_MORE_FILES" },
	{ 0xc000000d, "STATUS_INVALID_PARAMETER" }, { 0xc000000f, "STATUS_NO_SUCH_FILE" },
	{ 0xc0000016, "STATUS_MORE_PROCESSING_REQUIRED" }, { 0xc0000022, "STATUS_ACCESS_DENIED" },
	{ 0xc0000034, "STATUS_OBJECT_NAME_NOT_FOUND" }, { 0xc000006d, "STATUS_LOGON_FAILURE" },
	{ 0xc000009a, "STATUS_INSUFFICIENT_RESOURCES" }, { 0xc00000bb, "STATUS_NOT_SUPPORTED" },
	{ 0xc00000cc, "STATUS_BAD_NETWORK_NAME" }, { 0xc0000120, "STATUS_CANCELLED" },
	{ 0xc0000128, "STATUS_FILE_CLOSED" }, { 0xc000019c, "STATUS_FS_DRIVER_REQUIRED" },
	{ 0xc0000203, "STATUS_USER_SESSION_DELETED" }, { 0xc0000225, "STATUS_NOT_FOUND" },
};
static const struct rt_word flags1[] = {
	{ 1, "LOCK_AND_READ_OK" }, { 2, "BUF_AVAIL" }, { 4, "res" }, { 8, "CASE_INSENSITIVE" },
	{ 16, "CANONICALIZED_PATHS" }, { 32, "OPLOCK" }, { 64, "OPBATCH" }, { 128, "REPLY" },
};
static const struct rt_word more_flags1[] = {
	{ 1, "LONG_NAMES" }, { 2, "EAS" }, { 4, "SMB_SECURITY_SIGNATURE" }, { 8, "COMPRESSED" },
	{ 0x10, "SMB_SECURITY_SIGNATURE_REQUIRED" }, { 0x20, "res" }, { 0x40, "IS_LONG_NAME" }, { 0x80, "res" },
	{ 0x100, "res" }, { 0x200, "res" }, { 0x400, "REPARSE_PATH" }, { 0x800, "EXTENDED_SECURITY" },
	{ 0x1000, "DFS" }, { 0x2000, "PAGING_IO" }, { 0x4000, "NT_STATUS" }, { 0x8000, "UNICODE" },
};
static const struct rt_word flags2[] = {
	{ 1, "SMB2_FLAGS_SERVER_TO_REDIR" }, { 2, "SMB2_FLAGS_ASYNC_COMMAND" },
	{ 4, "SMB2_FLAGS_RELATED_OPERATIONS" }, { 8, "SMB2_FLAGS_SIGNED" }, { 0x10000000, "SMB2_FLAGS_DFS_OPERATIONS" },
	{ 0x20000000, "SMB2_FLAGS_REPLAY_OPERATION" },
};

#define LITTLE .is_little = true
#define FLAGS(words_) RT_NAMES(RT_WORDS(words_), .join = '+')
#define ASYNC 134, 1                    /* place of the flag, in a little-endian row                    */
#define STATUS(bit) { "Status", bit, 32, RT_ENUM, .names = RT_NAMES(RT_WORDS(statuses)), LITTLE }

static const struct rt_row rows1[] = {
	{ "Start",               0, 32, RT_BYTES },
	{ "Command",            32,  8, RT_ENUM, .names = RT_NAMES(RT_WORDS(commands1)) },
	STATUS(40),
	{ "Flags",              72,  8, RT_FLAGS, .names = FLAGS(flags1) },
	{ "Flags2",             80, 16, RT_FLAGS, .names = FLAGS(more_flags1), LITTLE },
	{ "PIDHigh",            96, 16, RT_NUM, LITTLE },
	{ "SecuritySignature", 112, 64, RT_BYTES },
	{ "Reserved",          176, 16, RT_NUM, LITTLE },
	{ "TID",               192, 16, RT_NUM, LITTLE },
	{ "PIDLow",            208, 16, RT_NUM, LITTLE },
	{ "UID",               224, 16, RT_NUM, LITTLE },
	{ "MID",               240, 16, RT_NUM, LITTLE },
};
static const struct rt_row rows2[] = {
	{ "Start",               0,  32, RT_BYTES },
	{ "StructureSize",      32,  16, RT_NUM, LITTLE },
	{ "CreditCharge",       48,  16, RT_NUM, LITTLE },
	STATUS(64),
	{ "Command",            96,  16, RT_ENUM, .names = RT_NAMES(RT_WORDS(commands2)), LITTLE },
	{ "CreditsRequested",  112,  16, RT_NUM, LITTLE },
	{ "Flags",             128,  32, RT_FLAGS, .names = FLAGS(flags2), LITTLE },
	{ "NextCommand",       160,  32, RT_HEX, LITTLE },
	{ "MID",               192,  64, RT_NUM, LITTLE },
	{ "AsyncId",           256,  64, RT_NUM, RT_WHEN(ASYNC, 1), LITTLE },
	{ "PID",               256,  32, RT_NUM, RT_WHEN(ASYNC, 0), LITTLE },
	{ "TID",               288,  32, RT_NUM, RT_WHEN(ASYNC, 0), LITTLE },
	{ "SessionId",         320,  64, RT_NUM, LITTLE },
	{ "SecuritySignature", 384, 128, RT_XBYTES },
};

static uint32_t measure1(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return rt_be32(frame->data + at) == SMB1 ? 32 : 0;
}

static uint32_t measure2(const struct rt_frame *frame, uint32_t at, uint32_t end)
{
	(void)end;
	return rt_be32(frame->data + at) == SMB2 ? 64 : 0;
}

const struct rt_proto proto_smb = {
	.name = "SMB_Header", .title = "SMB 1 Protocol Request Header", .spec = "MS-CIFS section 2.2.3.1", RT_ROWS(rows1),
	.header = 32, .measure = measure1,
	.lines = RT_LINES({ "Status", 0, "SMB {Command}" }, { .text = "SMB {Command} {Status}" }),
	RT_LINKS({ "NBTSession", NULL }, { "NBTDatagram", NULL }),
};
const struct rt_proto proto_smb2 = {
	.name = "SMB2_Header", .title = "SMB2 Header", .spec = "MS-SMB2 section 2.2.1", RT_ROWS(rows2), .header = 64,
	.measure = measure2,
	.lines = RT_LINES({ "Status", 0, "SMB2 {Command}" }, { .text = "SMB2 {Command} {Status}" }),
	RT_LINKS({ "NBTSession", NULL }),
};
