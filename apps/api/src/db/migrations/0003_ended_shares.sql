CREATE TABLE `ended_shares` (
	`user_id` text NOT NULL,
	`share_id` text NOT NULL,
	`ended_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `share_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`user_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `ended_shares_by_time` ON `ended_shares` (`ended_at`);