/* SPDX-License-Identifier: MIT */
/* databases.h - the names that the files in /etc know. Each file is read when it is first asked, and kept. */
#ifndef RINGTAP_API_DATABASES_H
#define RINGTAP_API_DATABASES_H

#include <sys/types.h>
#include <ringtap/filter.h>

enum database { SERVICES, PROTOCOLS, NETWORKS, ETHERS, HOSTS, DATABASES };

struct databases {
	const char *folder;              /* "/etc"; borrowed                                          */
	char *texts[DATABASES];          /* NULL: not read yet                                        */
};

int  databases_service(struct databases *databases, const char *name, unsigned protocol);      /* port, or -1  */
int  databases_protocol(struct databases *databases, const char *name);                        /* or -1        */
bool databases_net(struct databases *databases, const char *name, uint32_t *number);
bool databases_ether(struct databases *databases, const char *name, uint8_t mac[6]);
/* How many addresses; at most `room` of them are stored. */
int  databases_host(struct databases *databases, const char *name, struct rt_address *addresses, int room);
void databases_close(struct databases *databases);

/* Bytes read until the end, at most `room`, or a negative errno. */
ssize_t databases_read(int fd, char *text, size_t room);

#endif
