CREATE TABLE `audits` (
	`audit_id` text PRIMARY KEY NOT NULL,
	`version_id` text NOT NULL,
	`group` integer NOT NULL,
	`index` integer NOT NULL,
	`holder_id` text NOT NULL,
	`auditor_id` text NOT NULL,
	`chunk` integer NOT NULL,
	`created_at` integer NOT NULL,
	`verdict` text,
	`concluded_at` integer,
	FOREIGN KEY (`holder_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`auditor_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`version_id`) REFERENCES `stored_versions`(`version_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `audits_by_version` ON `audits` (`version_id`);--> statement-breakpoint
CREATE INDEX `audits_by_holder` ON `audits` (`holder_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `audits_by_auditor` ON `audits` (`auditor_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `audits_by_time` ON `audits` (`created_at`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`version_id` text PRIMARY KEY NOT NULL,
	`recipient_id` text NOT NULL,
	`sealed_page_count` integer NOT NULL,
	`outcome` text,
	`ended_at` integer,
	FOREIGN KEY (`version_id`) REFERENCES `stored_versions`(`version_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`recipient_id`) REFERENCES `users`(`user_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `deliveries_by_recipient` ON `deliveries` (`recipient_id`,`outcome`);--> statement-breakpoint
CREATE TABLE `device_keys` (
	`device_id` text PRIMARY KEY NOT NULL,
	`signing` text NOT NULL,
	`agreement` text NOT NULL,
	`signature` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `node_tokens` (
	`node_id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`token_hash` blob NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`node_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`user_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `node_tokens_token_hash_unique` ON `node_tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `node_tokens_by_user` ON `node_tokens` (`user_id`);--> statement-breakpoint
CREATE TABLE `places` (
	`version_id` text NOT NULL,
	`group` integer NOT NULL,
	`index` integer NOT NULL,
	`device_id` text NOT NULL,
	`state` text NOT NULL,
	`since_ms` integer NOT NULL,
	`size_bytes` integer NOT NULL,
	`source_device_id` text,
	`content_id` text,
	`receipt_iat` integer,
	`receipt_signature` blob,
	`checked_at` integer,
	PRIMARY KEY(`version_id`, `group`, `index`, `device_id`),
	FOREIGN KEY (`version_id`) REFERENCES `stored_versions`(`version_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_device_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE set null
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `places_by_device` ON `places` (`device_id`,`state`,`size_bytes`);--> statement-breakpoint
CREATE INDEX `places_assigned` ON `places` (`version_id`,`group`) WHERE "places"."state" = 'assigned';--> statement-breakpoint
CREATE INDEX `places_by_source` ON `places` (`source_device_id`) WHERE "places"."source_device_id" is not null;--> statement-breakpoint
CREATE TABLE `repair_leases` (
	`version_id` text NOT NULL,
	`group` integer NOT NULL,
	`token` integer NOT NULL,
	`device_id` text,
	`leased_until` integer NOT NULL,
	`plan` text NOT NULL,
	PRIMARY KEY(`version_id`, `group`),
	FOREIGN KEY (`version_id`) REFERENCES `stored_versions`(`version_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `repair_leases_by_device` ON `repair_leases` (`device_id`);--> statement-breakpoint
CREATE TABLE `sealed_pages` (
	`version_id` text NOT NULL,
	`page` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`version_id`, `page`),
	FOREIGN KEY (`version_id`) REFERENCES `deliveries`(`version_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `space_offers` (
	`device_id` text PRIMARY KEY NOT NULL,
	`offered_bytes` integer NOT NULL,
	`used_bytes` integer NOT NULL,
	`free_bytes` integer NOT NULL,
	`is_always_on` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`office_online_ms` integer DEFAULT 0 NOT NULL,
	`office_observed_ms` integer DEFAULT 0 NOT NULL,
	`quarantined_at` integer,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `stored_columns` (
	`version_id` text NOT NULL,
	`group` integer NOT NULL,
	`index` integer NOT NULL,
	`content_id` text NOT NULL,
	`size_bytes` integer NOT NULL,
	PRIMARY KEY(`version_id`, `group`, `index`),
	FOREIGN KEY (`version_id`) REFERENCES `stored_versions`(`version_id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `stored_groups` (
	`version_id` text NOT NULL,
	`group` integer NOT NULL,
	`tags` blob NOT NULL,
	PRIMARY KEY(`version_id`, `group`),
	FOREIGN KEY (`version_id`) REFERENCES `stored_versions`(`version_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `stored_versions` (
	`version_id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`uploader_device_id` text NOT NULL,
	`content_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`media_type` text NOT NULL,
	`modified_ms` integer NOT NULL,
	`key` text,
	`k` integer,
	`n` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`accepted_at` integer,
	`gone_at` integer,
	`is_latest` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`user_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`uploader_device_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `stored_versions_by_owner` ON `stored_versions` (`owner_id`,`name`,`created_at`);--> statement-breakpoint
CREATE INDEX `stored_versions_by_uploader` ON `stored_versions` (`uploader_device_id`);--> statement-breakpoint
CREATE INDEX `stored_versions_listed` ON `stored_versions` (`created_at`,`version_id`) WHERE "stored_versions"."is_latest" = 1;--> statement-breakpoint
CREATE INDEX `stored_versions_by_expiry` ON `stored_versions` (`expires_at`) WHERE "stored_versions"."expires_at" is not null;--> statement-breakpoint
CREATE TABLE `wrapped_keys` (
	`version_id` text NOT NULL,
	`device_id` text NOT NULL,
	`wrapped` text NOT NULL,
	PRIMARY KEY(`version_id`, `device_id`),
	FOREIGN KEY (`version_id`) REFERENCES `deliveries`(`version_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `wrapped_keys_by_device` ON `wrapped_keys` (`device_id`);--> statement-breakpoint
CREATE TABLE `wrong_byte_reports` (
	`holder_id` text NOT NULL,
	`version_id` text NOT NULL,
	`group` integer NOT NULL,
	`index` integer NOT NULL,
	`reporter_id` text NOT NULL,
	`reported_at` integer NOT NULL,
	PRIMARY KEY(`holder_id`, `version_id`, `group`, `index`, `reporter_id`),
	FOREIGN KEY (`holder_id`) REFERENCES `devices`(`device_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`version_id`) REFERENCES `stored_versions`(`version_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`reporter_id`) REFERENCES `users`(`user_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `wrong_byte_reports_by_version` ON `wrong_byte_reports` (`version_id`);--> statement-breakpoint
CREATE INDEX `wrong_byte_reports_by_reporter` ON `wrong_byte_reports` (`reporter_id`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `node_id` text REFERENCES devices(device_id) ON DELETE cascade;--> statement-breakpoint
CREATE INDEX `sessions_by_node` ON `sessions` (`node_id`) WHERE "sessions"."node_id" is not null;