#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Third source, for what Scapy does not have: values of fields as tshark reads them from the same bytes.

usage: fields.py RINGTAP

A packet of PACKETS is a name, how it travels, its bytes (hexadecimal digits, text in quotes) and rows: a field of
ringtap, tshark's name for it, and how tshark's word for the value becomes ours. A row that tshark or ringtap has no
value for fails."""
import base64
import os
import shutil
import struct
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from savefile import run, write_pcap

RAW_IP, DOT11, RADIOTAP = 101, 105, 127


# ---- tshark's words in ours -----------------------------------------------------------------------------------------

def same(text):
    return text


def number(text):
    return str(int({"True": "1", "False": "0"}.get(text, text), 0))


def digits(text):
    return str(int(text, 16))


def decimal(text):
    return "%.1f" % float(text)


def octets(text):
    return text.replace(":", "").lower()


def key(text):
    return base64.b64decode(text).hex()


# ---- how packets travel ---------------------------------------------------------------------------------------------

def data_of(text):
    """'4700' is hexadecimal, "'G'00" holds text."""
    return b"".join(part.encode() if i % 2 else bytes.fromhex(part) for i, part in enumerate(text.split("'")))


class Path:
    """Frames of a link type. Every packet has a sender of its own, so that none belongs to the stream of another."""

    def __init__(self, link, proto=None, sport=None, dport=None):
        self.link, self.proto, self.ports = link, proto, (sport, dport)

    def frame(self, number_, data):
        if self.proto == 17:
            data = struct.pack("!4H", *self.ports, 8 + len(data), 0) + data
        elif self.proto == 6:
            data = struct.pack("!HHIIBBHHH", *self.ports, 1, 2, 0x50, 0x18, 512, 0, 0) + data
        if self.proto is not None:
            data = struct.pack("!BBHHHBBHBBBBI", 0x45, 0, 20 + len(data), 1, 0, 255, self.proto, 0, 10, 0, 1, number_,
                               0x0a000002) + data
        return data


def udp(sport, dport):
    return Path(RAW_IP, 17, sport, dport)


def tcp(sport, dport):
    return Path(RAW_IP, 6, sport, dport)


def ip(proto):
    return Path(RAW_IP, proto)


CLIENT = 49152
SIXTEEN = "000102030405060708090a0b0c0d0e0f"
MARKER = "ff" * 16
A, B = "020000000001", "020000000002"

PACKETS = (
    ("QUIC", udp(CLIENT, 443), "c3 00000001 08 8394c8f03e515708 02 0102 00 4020" + SIXTEEN * 2, (
        ("QUIC.header_form", "quic.header_form", number), ("QUIC.fixed_bit", "quic.fixed_bit", number),
        ("QUIC.long_packet_type", "quic.long.packet_type", number), ("QUIC.version", "quic.version", number),
        ("QUIC.dcid_len", "quic.dcil", number), ("QUIC.dcid", "quic.dcid", octets),
        ("QUIC.scid_len", "quic.scil", number), ("QUIC.scid", "quic.scid", octets),
        ("QUIC.token_length", "quic.token_length", number), ("QUIC.length", "quic.length", number))),
    ("WireGuard initiation", udp(51820, 51820), "01000000 78563412" + SIXTEEN * 6 + "0102030405060708090a0b0c" +
     SIXTEEN * 2, (
         ("Wireguard.message_type", "wg.type", number),
         ("WireguardInitiation.sender_index", "wg.sender", number),
         ("WireguardInitiation.unencrypted_ephemeral", "wg.ephemeral", key),
         ("WireguardInitiation.mac1", "wg.mac1", octets), ("WireguardInitiation.mac2", "wg.mac2", octets))),
    ("WireGuard cookie", udp(51820, 51820), "03000000 78563412" + SIXTEEN + "0001020304050607" + SIXTEEN * 2, (
        ("WireguardCookieReply.receiver_index", "wg.receiver", number),
        ("WireguardCookieReply.nonce", "wg.nonce", octets),
        ("WireguardCookieReply.encrypted_cookie", "wg.encrypted_cookie", octets))),
    ("WireGuard data", udp(51820, 51820), "04000000 78563412 0900000000000000" + SIXTEEN, (
        ("WireguardTransport.counter", "wg.counter", number),)),
    ("OpenVPN", udp(CLIENT, 1194), "38 0102030405060708 00 00000000", (
        ("OpenVPN.opcode", "openvpn.opcode", number), ("OpenVPN.key_id", "openvpn.keyid", number),
        ("OpenVPN.session_id", "openvpn.sessionid", number))),
    ("OpenVPN data", udp(CLIENT, 1194), "48 000005 01020304", (("OpenVPN.peer_id", "openvpn.peerid", number),)),
    ("OpenVPN over TCP", tcp(CLIENT, 1194), "000e 38 0102030405060708 00 00000000", (
        ("OpenVPN.length", "openvpn.plen", number),)),
    ("SSH", tcp(22, CLIENT), "'SSH-2.0-OpenSSH_9.2p1 Debian-2' 0d0a", (("SSH.banner", "ssh.protocol", same),)),
    ("SMTP", tcp(CLIENT, 25), "'MAIL FROM:<a@b.c>' 0d0a", (
        ("SMTPCommand.command", "smtp.req.command", same), ("SMTPCommand.argument", "smtp.req.parameter", same))),
    ("SMTP's answer", tcp(25, CLIENT), "'250 Ok then' 0d0a", (
        ("SMTPReply.code", "smtp.response.code", number), ("SMTPReply.text", "smtp.rsp.parameter", same))),
    ("FTP", tcp(CLIENT, 21), "'RETR a b.txt' 0d0a", (
        ("FTPCommand.command", "ftp.request.command", same), ("FTPCommand.argument", "ftp.request.arg", same))),
    ("FTP's answer", tcp(21, CLIENT), "'221 Goodbye.' 0d0a", (
        ("FTPReply.code", "ftp.response.code", number), ("FTPReply.text", "ftp.response.arg", same))),
    ("POP", tcp(CLIENT, 110), "'RETR 5' 0d0a", (
        ("POPCommand.command", "pop.request.command", same), ("POPCommand.argument", "pop.request.parameter", same))),
    ("POP's answer", tcp(110, CLIENT), "'+OK 2 320' 0d0a", (
        ("POPReply.code", "pop.response.indicator", same), ("POPReply.text", "pop.response.description", same))),
    ("IMAP", tcp(CLIENT, 143), "'a002 SELECT inbox' 0d0a", (
        ("IMAP.tag", "imap.request_tag", same), ("IMAP.command", "imap.request.command", same))),
    ("memcached", tcp(CLIENT, 11211), "'get foo' 0d0a", (("Memcached.command", "memcache.command", same),
                                                       ("Memcached.argument", "memcache.key", same))),
    ("Redis", tcp(6379, CLIENT), "'+PONG' 0d0a", (("RedisReply.text", "resp.string", same),)),
    ("LDAP", tcp(CLIENT, 389), "3013 020107 600e 020103 0405'cn=ad' 8002'pw'", (
        ("LDAP.messageID", "ldap.messageID", number), ("LDAP.protocolOp", "ldap.protocolOp", number),
        ("LDAP.name", "ldap.name", same))),
    ("LDAP's answer", tcp(389, CLIENT), "300c 020101 6107 0a0131 0400 0400", (
        ("LDAP.resultCode", "ldap.resultCode", number),)),
    ("Kerberos", tcp(88, CLIENT), "0000004d 7e4b 3049 a003020105 a10302011e a411180f'20260101000000Z' a505020301e240"
     "a603020119 a90b1b09'A.EXAMPLE' aa16 3014 a003020102 a10d300b1b04'krbt'1b03'svc'", (
         ("Kerberos.len", "kerberos.rm.length", number), ("Kerberos.msg_type", "kerberos.msg_type", number))),
    ("SMB", tcp(CLIENT, 445), "00000023 ff'SMB' 72 00000000 18 53c8 0000 0000000000000000 0000 0100 fffe 0200 4000"
     "00 0000", (
         ("NBTSession.TYPE", "nbss.type", number), ("NBTSession.LENGTH", "nbss.length", number),
         ("SMB_Header.Command", "smb.cmd", number), ("SMB_Header.Status", "smb.nt_status", number),
         ("SMB_Header.TID", "smb.tid", number), ("SMB_Header.PIDLow", "smb.pid", number),
         ("SMB_Header.UID", "smb.uid", number), ("SMB_Header.MID", "smb.mid", number))),
    ("SMB 2", tcp(CLIENT, 445), "00000044 fe'SMB' 4000 0100 00000000 0d00 0100 00000000 00000000 0200000000000000"
     "fffe0000 05000000 1122334455667788" + SIXTEEN + "04000000", (
         ("SMB2_Header.StructureSize", "smb2.header_len", number),
         ("SMB2_Header.CreditCharge", "smb2.credit.charge", number), ("SMB2_Header.Command", "smb2.cmd", number),
         ("SMB2_Header.CreditsRequested", "smb2.credits.requested", number), ("SMB2_Header.MID", "smb2.msg_id", number),
         ("SMB2_Header.PID", "smb2.pid", number), ("SMB2_Header.TID", "smb2.tid", number),
         ("SMB2_Header.SessionId", "smb2.sesid", number), ("SMB2_Header.SecuritySignature", "smb2.signature", octets))),
    ("STUN", udp(CLIENT, 3478), "0101 000c 2112a442 0102030405060708090a0b0c 0020 0008 00 01 a147 e112a643", (
        ("STUN.stun_message_type", "stun.type", number), ("STUN.length", "stun.length", number),
        ("STUN.magic_cookie", "stun.cookie", digits), ("STUN.transaction_id", "stun.id", octets))),
    ("MQTT", tcp(CLIENT, 1883), "33 0a 0003'a/b' 0007 '21C'", (
        ("MQTT.type", "mqtt.msgtype", number), ("MQTT.DUP", "mqtt.dupflag", number),
        ("MQTT.QOS", "mqtt.qos", number), ("MQTT.RETAIN", "mqtt.retain", number))),
    ("VRRP", ip(112), "31 05 64 01 0064 0000 0a0000fe", (
        ("VRRPv3.version", "vrrp.version", number), ("VRRPv3.type", "vrrp.type", number),
        ("VRRPv3.vrid", "vrrp.virt_rtr_id", number), ("VRRPv3.priority", "vrrp.prio", number),
        ("VRRPv3.ipcount", "vrrp.addr_count", number), ("VRRPv3.adv", "vrrp.short_adver_int", number))),
    ("BGP", tcp(CLIENT, 179), MARKER + "0025 01 04 fde8 00b4 0a000001 08 0206 010400010001", (
        ("BGPHeader.marker", "bgp.marker", octets), ("BGPHeader.len", "bgp.length", number),
        ("BGPHeader.type", "bgp.type", number), ("BGPOpen.version", "bgp.open.version", number),
        ("BGPOpen.my_as", "bgp.open.myas", number), ("BGPOpen.hold_time", "bgp.open.holdtime", number),
        ("BGPOpen.bgp_id", "bgp.open.identifier", same), ("BGPOpen.opt_param_len", "bgp.open.opt.len", number))),
    ("BGP's end", tcp(179, CLIENT), MARKER + "0016 03 0602 78", (
        ("BGPNotification.error_code", "bgp.notify.major_error", number),
        ("BGPNotification.error_subcode", "bgp.notify.minor_error_cease", number))),
    ("GTP", udp(CLIENT, 2152), "32010004 0badcafe 00070000", (
        ("GTP_U_Header.gtp_type", "gtp.message", number), ("GTP_U_Header.length", "gtp.length", number),
        ("GTP_U_Header.teid", "gtp.teid", number), ("GTP_U_Header.seq", "gtp.seq_number", number))),
    ("DCCP request", ip(33), "04001389 07001234 0100 000000000007 00000063 2005060101000000", (
        ("DCCP.sport", "dccp.srcport", number), ("DCCP.dport", "dccp.dstport", number),
        ("DCCP.dataofs", "dccp.data_offset", number), ("DCCP.ccval", "dccp.ccval", number),
        ("DCCP.cscov", "dccp.cscov", number), ("DCCP.chksum", "dccp.checksum", number),
        ("DCCP.type", "dccp.type", number), ("DCCP.x", "dccp.x", number), ("DCCP.seq", "dccp.seq_raw", number),
        ("DCCP.service", "dccp.service_code", number))),
    ("DCCP reset", ip(33), "04001389 07001234 0f00 00000000000c 0000 00000000000b 07010203", (
        ("DCCP.ack", "dccp.ack_raw", number), ("DCCP.reset_code", "dccp.reset_code", number),
        ("DCCP.data1", "dccp.data1", number), ("DCCP.data2", "dccp.data2", number),
        ("DCCP.data3", "dccp.data3", number))),
    ("UDP-Lite", ip(136), "0400138a 0008 1234 6869", (
        ("UDPLite.sport", "udp.srcport", number), ("UDPLite.dport", "udp.dstport", number),
        ("UDPLite.coverage", "udp.checksum_coverage", number), ("UDPLite.chksum", "udp.checksum", number))),
    ("SCTP", ip(132), "0400138a 00000009 00000000 00 03 0012 00000007 0001 0002 0000002e 6869 0000", (
        ("SCTP.sport", "sctp.srcport", number), ("SCTP.dport", "sctp.dstport", number),
        ("SCTP.tag", "sctp.verification_tag", number), ("SCTPChunkData.type", "sctp.chunk_type", number),
        ("SCTPChunkData.len", "sctp.chunk_length", number), ("SCTPChunkData.unordered", "sctp.data_u_bit", number),
        ("SCTPChunkData.beginning", "sctp.data_b_bit", number), ("SCTPChunkData.ending", "sctp.data_e_bit", number),
        ("SCTPChunkData.tsn", "sctp.data_tsn_raw", number), ("SCTPChunkData.stream_id", "sctp.data_sid", number),
        ("SCTPChunkData.stream_seq", "sctp.data_ssn", number),
        ("SCTPChunkData.proto_id", "sctp.data_payload_proto_id", number))),
    ("SCTP's start", ip(132), "0400138a 00000000 00000000 01 00 0014 00000007 00010000 000a 000b 0000000c", (
        ("SCTPChunkInit.init_tag", "sctp.init_initiate_tag", number),
        ("SCTPChunkInit.a_rwnd", "sctp.init_credit", number),
        ("SCTPChunkInit.n_out_streams", "sctp.init_nr_out_streams", number),
        ("SCTPChunkInit.n_in_streams", "sctp.init_nr_in_streams", number),
        ("SCTPChunkInit.init_tsn", "sctp.init_initial_tsn", number))),
    ("SIP", udp(5060, 5060), "'INVITE sip:bob@biloxi.com SIP/2.0' 0d0a 'Via: SIP/2.0/UDP pc33' 0d0a"
     "'From: <sip:alice@atlanta.com>' 0d0a 'Call-ID: a84b4c' 0d0a 'CSeq: 314159 INVITE' 0d0a 0d0a", (
         ("SIPRequest.Method", "sip.Method", same), ("SIPRequest.Request_URI", "sip.r-uri", same),
         ("SIPRequest.Via", "sip.Via", same), ("SIPRequest.From", "sip.From", same),
         ("SIPRequest.Call_ID", "sip.Call-ID", same), ("SIPRequest.CSeq", "sip.CSeq", same))),
    ("SIP's answer", udp(5060, 5060), "'SIP/2.0 180 Ringing' 0d0a 'CSeq: 1 INVITE' 0d0a 0d0a", (
        ("SIPResponse.Status_Code", "sip.Status-Code", number),)),
    ("syslog", udp(CLIENT, 514), "'<34>Oct 11 22:14:15 mymachine su: failed'", (
        ("Syslog.message", "syslog.msg", same),)),
    ("a beacon", Path(RADIOTAP), "0000 1200 2e480000 10 02 8509a000 d8 01 0000 8000 0000 ffffffffffff" + A + A +
     "1000 0201000000000000 6400 1100 0004'home' 030106 98d10d3c", (
         ("RadioTap.version", "radiotap.version", number), ("RadioTap.len", "radiotap.length", number),
         ("RadioTap.Rate", "radiotap.datarate", decimal),
         ("RadioTap.ChannelFrequency", "radiotap.channel.freq", number),
         ("RadioTap.dBm_AntSignal", "radiotap.dbm_antsignal", number),
         ("RadioTap.Antenna", "radiotap.antenna", number), ("Dot11FCS.type", "wlan.fc.type", number),
         ("Dot11FCS.addr1", "wlan.ra", same), ("Dot11FCS.addr2", "wlan.ta", same),
         ("Dot11FCS.addr3", "wlan.bssid", same), ("Dot11FCS.fcs", "wlan.fcs", number),
         ("Dot11Beacon.timestamp", "wlan.fixed.timestamp", number),
         ("Dot11Beacon.beacon_interval", "wlan.fixed.beacon", number),
         ("Dot11Elt.ID", "wlan.tag.number", number), ("Dot11Elt.len", "wlan.tag.length", number),
         ("Dot11EltDSSSet.channel", "wlan.ds.current_channel", number))),
    ("CCMP", Path(DOT11), "8841 0000" + A + B + "ffffffffffff 0000 0600 0102002000000000 61626364 0102030405060708", (
        ("Dot11QoS.TID", "wlan.qos.tid", number), ("Dot11CCMP.key_id", "wlan.wep.key", number))),
)


# ---- asking both ----------------------------------------------------------------------------------------------------

def ask(program, link, packets):
    """Values of every row of these packets: ringtap's and tshark's, in the order of the rows."""
    rows = [row for packet in packets for row in packet[3]]
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        write_pcap(file.name, link, [path.frame(i + 1, data_of(text)) for i, (_, path, text, _) in enumerate(packets)])
        ours = run(program, file.name, "--format", "\\t".join("{%s}" % ours for ours, _, _ in rows))
        theirs = run("tshark", file.name, "-n", "-o", "tcp.desegment_tcp_streams:FALSE", "-T", "fields", "-E",
                     "occurrence=f", *(word for _, name, _ in rows for word in ("-e", name)))
    return rows, *([line.split("\t") for line in text.split("\n")[:-1]] for text in (ours, theirs))


def compare(program, link, packets):
    wrong = 0
    rows, ours, theirs = ask(program, link, packets)
    at = 0
    for line, (name, _, _, mine) in enumerate(packets):
        for field, their_name, transform in mine:
            our_value, their_value = ours[line][at], theirs[line][at]
            at += 1
            expected = transform(their_value) if their_value else None
            if expected != our_value:
                wrong += 1
                print("%s: %s is %s, tshark's %s %s" % (name, field, our_value, their_name, their_value or "absent"))
    return wrong, len(rows)


def main():
    if not shutil.which("tshark"):
        print("skipped: tshark is not installed")
        return 77
    wrong = fields = 0
    for link in sorted({packet[1].link for packet in PACKETS}):
        found = compare(sys.argv[1], link, [packet for packet in PACKETS if packet[1].link == link])
        wrong, fields = wrong + found[0], fields + found[1]
    print("%d fields of %d packets compared, %d differ" % (fields, len(PACKETS), wrong))
    return 1 if wrong or fields < 80 else 0


if __name__ == "__main__":
    sys.exit(main())
