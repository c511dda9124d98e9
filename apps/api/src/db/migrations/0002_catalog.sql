CREATE TABLE `saved_searches` (
	`user_id` text NOT NULL,
	`saved_search_id` text NOT NULL,
	`query` text NOT NULL,
	`filters` text,
	`created_at` integer NOT NULL,
	`since_entry` integer NOT NULL,
	`new_count` integer NOT NULL,
	PRIMARY KEY(`user_id`, `saved_search_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`user_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `server_keys` (
	`purpose` text PRIMARY KEY NOT NULL,
	`jwk` text NOT NULL,
	`created_at` integer NOT NULL
);
