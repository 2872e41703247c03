//! The traps of the file formats, each with the tests that fail when niggle falls into it; and those of the tests that go from whole
//! files to runs. A row that begins with a letter and a number is of that kind of the world's recordings: K1–K15 are faults that were
//! reported of other programs, H1–H12 were found on long histories, M1–M12 by damaging invented runs (`examples/faults`).
//!
//! | trap | tests |
//! | --- | --- |
//! | **FIT** | |
//! | headers of 12 and of 14 bytes; a header checksum of 0 is not given | `tests/it/fit_hostile.rs::every_hostile_file_ends_as_written` `src/decode/fit/header.rs::odd_header_sizes_fall_back_on_the_first_definition` |
//! | the file's checksum covers header and data; wrong, it is told and costs no record | `tests/it/fit_hostile.rs::every_hostile_file_ends_as_written` `src/decode/fit/crc.rs::the_catalogue_check_value` `src/decode/fit/header.rs::a_missing_crc_is_missing` |
//! | several sequences in one file | `tests/it/fit_hostile.rs::a_cut_chain_keeps_every_whole_record_and_says_so` `tests/it/fit_fifty_four.rs::right_on_all_fifty_four` |
//! | a data size of 0, too large, too small | `tests/it/fit_hostile.rs::every_hostile_file_ends_as_written` `src/decode/fit/header.rs::a_bad_size_is_not` |
//! | cut files: what is whole is kept, and the cut is told | `tests/it/fit_hostile.rs::a_cut_good_run_keeps_every_whole_record_and_says_so` `tests/it/fit_truncation.rs::no_cut_synthetic_file_passes_as_whole` `tests/it/fit_salvage.rs::synthetic_activities_come_back` |
//! | only file type 4 is an activity, and of the others no more is read | `tests/it/traps.rs::other_fit_files_are_not_read_on` |
//! | shortened times | `src/decode/fit/scan.rs::compressed_times_roll_over_after_32_s` `tests/it/fit_hostile.rs::times_and_offsets_that_cannot_be_are_left_out` |
//! | big-endian definitions | `src/decode/fit/value.rs::byte_order_is_the_definitions` `tests/it/fit_hostile.rs::every_hostile_file_ends_as_written` |
//! | a counter of 12 bits and 1/16 m for the distance | `src/decode/fit/columns.rs::compressed_distance_rolls_over` `tests/it/fit_corpus.rs::facts_of_independent_readers` |
//! | enhanced speed and altitude win | `src/decode/fit/columns.rs::enhanced_fields_win_record_by_record` |
//! | scales of distance, speed, altitude, positions | `src/decode/fit/columns.rs::scales_are_the_profiles` `tests/it/fit_hostile.rs::values_of_the_good_run` |
//! | a developer field has another's number, or no description | `src/decode/fit/plan.rs::developer_fields_only_count_their_bytes` `tests/it/fit_hostile.rs::every_hostile_file_ends_as_written` |
//! | a strap's beats in messages of their own | `src/decode/fit/messages.rs::beats_roll_over_their_12_bits` `src/decode/fit/assemble.rs::beats_fill_only_what_is_missing_and_recent` |
//! | a field's size that does not fit its type | `src/decode/fit/plan.rs::sizes_that_do_not_fit_the_type_make_a_field_absent` `src/decode/fit/columns.rs::numbers_wider_than_the_profiles_type_are_no_values` `tests/it/fit_hostile.rs::absent_values_stay_absent` |
//! | several sessions, of which one is the run; records go to the one whose time holds them | `tests/it/traps.rs::of_a_multisport_file_only_the_run_counts` `tests/it/fit_hostile.rs::a_multisport_file_gives_each_session_its_records` `src/decode/fit/assemble.rs::records_go_to_the_session_that_holds_their_time` |
//! | K10: no session, or one without distance or time | `tests/it/fit_hostile.rs::every_hostile_file_ends_as_written` `src/trust/distance.rs::two_agree_and_the_third_is_put_right` `src/metrics/duration.rs::a_steady_minute` |
//! | entries by hand: a distance, a timer of 0, no records | `src/metrics/duration.rs::a_manual_entry_has_its_totals` `src/trust/times.rs::without_records_the_totals_are_all_there_is` |
//! | an offset to UTC that no zone has | `src/time.rs::offsets_seen_in_real_files` `src/decode/fit/messages.rs::local_time_minus_utc` `tests/it/fit_hostile.rs::times_and_offsets_that_cannot_be_are_left_out` |
//! | RPE in tenths, feel, resting and highest heart rate, weight | `src/decode/fit/messages.rs::a_session_in_si_units` `src/decode/fit/messages.rs::the_runner_and_the_barometer` |
//! | FIT's own epoch; values that mean "absent" | `tests/it/fit_hostile.rs::values_of_the_good_run` `src/decode/fit/value.rs::sentinels_are_those_of_the_declared_type` |
//! | laps and neither session nor records | `src/decode/fit/assemble.rs::laps_alone_are_an_activity` |
//! | K11: a base type in no list, in a cut file | `src/decode/fit/scan.rs::an_unknown_type_is_passed_over_by_its_size` |
//! | K15: cadence in a developer field alone, by its native number or its name | `src/decode/fit/columns.rs::a_pods_cadence_counts_where_the_watch_has_none` `src/decode/fit/developer.rs::fields_are_known_by_what_they_stand_for_and_by_name` `src/decode/fit/plan.rs::described_developer_fields_are_found_behind_the_others` |
//! | K6, H8: local time in `timestamp_correlation`, UTC written for it, a clock some seconds off | `src/decode/fit/assemble.rs::offsets_allow_two_minutes_and_zero_is_the_last_word` `src/decode/fit/messages.rs::local_time_minus_utc` |
//! | K8: a sport that only its sub-sport tells | `src/sport/mod.rs::a_sub_sport_says_what_an_open_sport_is` |
//! | **Cadence** | |
//! | strides with fractions from FIT, strides or steps from TCX and GPX: decided by the upper values of moving samples | `tests/it/vectors.rs::cadence_of_each_format` `src/metrics/cadence.rs::the_unit_follows_the_upper_values_and_the_reason_says_it` `src/decode/fit/columns.rs::cadence_keeps_its_fraction_and_its_leg` |
//! | a session's mean has the standing still in it | `tests/it/traps.rs::standing_still_is_not_in_the_cadence` `tests/it/vectors.rs::cadence_is_weighted_by_time` |
//! | absent is not 0 | `src/metrics/cadence.rs::the_unit_follows_the_upper_values_and_the_reason_says_it` |
//! | K14, M4: a run-walk in steps, whose median is a walk's; strides and steps doubled once too often | `src/metrics/cadence.rs::walking_decides_nothing_where_there_is_running` |
//! | H1, H2: seconds of running, or on the flat, in hours of walking | `src/metrics/cadence.rs::seconds_of_running_are_no_cadence` `src/rules/cadence_below_own.rs::seconds_on_the_flat_do_not_count` |
//! | **Distance, time, altitude** | |
//! | the device's distance first, positions only where there is none | `src/trust/distance.rs::two_agree_and_the_third_is_put_right` `src/clean/distance.rs::positions_add_up_and_leaps_do_not` `src/clean/distance.rs::device_distance_never_falls` |
//! | timer time is not elapsed time; a watch left on | `tests/it/traps.rs::a_watch_left_on_ran_for_an_hour` `src/metrics/duration.rs::a_pause_is_elapsed_but_not_timed` `src/metrics/duration.rs::a_day_between_two_halves_is_no_running` |
//! | stops from timer events and from gaps | `src/decode/fit/assemble.rs::pauses_lie_between_a_stop_and_the_next_start` `src/decode/fit/messages.rs::only_timer_events_count` `src/clean/time.rs::pauses_and_gaps_weigh_nothing` |
//! | a gap that was walked across while the watch was stopped | `src/metrics/duration.rs::a_gap_that_the_device_leaves_out_is_a_stop` |
//! | heights found anew in a pause, where the distance stands still | `src/metrics/track.rs::a_height_found_anew_in_a_pause_is_no_cliff` `src/metrics/track.rs::what_was_run_across_a_gap_has_its_slope` |
//! | K2: several records of one second, each with other fields; parts milliseconds apart; blocks of one sensor each | `src/clean/moment.rs::parts_of_one_second_become_one_record` `src/clean/moment.rs::parts_milliseconds_apart_do_too` `src/clean/clock.rs::blocks_of_one_sensor_each_are_joined` |
//! | five whole records a second stay five | `src/clean/moment.rs::five_whole_records_a_second_stay_five` |
//! | M5: a clock set back in the middle, by an hour or a little | `src/clean/clock.rs::a_clock_set_back_an_hour_loses_nothing` `src/clean/clock.rs::a_point_a_minute_goes_on_where_the_last_one_was` `src/clean/clock.rs::without_distance_and_position_whole_hours_are_told_by_themselves` `src/clean/clock.rs::pauses_go_with_their_stretch` |
//! | K6, H3: stale records of another day; a clock that leaps years ahead and comes back | `src/clean/clock.rs::stale_records_go_and_the_main_stretch_wins` `src/clean/clock.rs::what_leapt_years_ahead_and_goes_on_is_put_back` `src/clean/clock.rs::a_night_between_two_halves_stays` |
//! | M8: a clock that was wrong all the time: the lengths are right | `src/clean/clock.rs::a_clock_that_was_wrong_all_the_time_keeps_its_lengths` |
//! | parts of a recording that come twice | `src/clean/clock.rs::a_stretch_that_repeats_another_goes` |
//! | times that run backwards or leap | `src/clean/time.rs::order_is_restored_without_inventing_anything` |
//! | H10: clocks at 0, in 1989, in 7605: told, and the calendar is not stretched | `tests/it/hostile_end_to_end.rs::years_that_cannot_be_are_named` `src/clean/time.rs::clocks_outside_the_window_are_left_out` `src/merge/mod.rs::a_wrong_year_does_not_move_the_calendar` |
//! | altitude all 0, missing at the start, in the middle, in most points | `src/clean/altitude.rs::heights_that_cannot_be_are_missing` `src/metrics/climb.rs::unknown_altitudes_are_passed_over` `tests/it/traps.rs::heights_in_every_fifth_point_are_the_same_climb` |
//! | H6: climb: the device's, else smoothed, with a threshold that the noise of the heights chooses; none is not 0 | `src/metrics/climb.rs::no_altitude_is_not_flat_ground` `src/metrics/climb.rs::the_threshold_follows_the_noise` `tests/it/vectors.rs::elevation` |
//! | 0° N 0° E inside a track | `src/clean/position.rs::impossible_positions_go_in_pairs` `tests/it/hostile_end_to_end.rs::what_breaks_others_is_named` |
//! | no positions indoors, and a good distance | `tests/it/traps.rs::a_treadmill_has_its_distance_and_no_positions` |
//! | speeds no runner has | `src/clean/distance.rs::positions_add_up_and_leaps_do_not` `src/trust/distance.rs::two_agree_and_the_third_is_put_right` `src/clean/totals.rs::only_what_a_body_can_do_is_believed` |
//! | heart rates of 0, spikes, none | `src/clean/values.rs::only_bodies_values_stay` `src/metrics/heart_rate.rs::means_are_weighted_by_time_and_spikes_do_not_count` `src/metrics/heart_rate.rs::no_heart_rate_is_absent` |
//! | a run belongs to its local day | `src/ingest/row.rs::clocks_that_change_and_weeks_that_end` `src/trust/offset.rs::the_place_is_believed_and_zero_says_nothing` |
//! | K3: heart rate, cadence or altitude in every third or fifth record only | `src/clean/hold.rs::a_value_stands_until_the_next_and_no_longer_than_it_may` `src/metrics/heart_rate.rs::a_heart_rate_in_every_third_record_is_there_all_the_time` |
//! | K4: a record every minute or two; a gap that the runner crossed | `src/clean/time.rs::a_recording_that_writes_seldom_has_longer_steps_and_no_gaps` `src/metrics/duration.rs::a_record_every_two_minutes_is_a_run_all_the_same` `src/metrics/duration.rs::a_gap_that_the_runner_crossed_is_moving_time_and_no_stop` |
//! | K5, M6: positions and distances that are new only every few seconds, coarse or missing here and there | `src/metrics/refresh.rs::distances_that_are_held_are_no_standing_and_no_leaps` `src/metrics/refresh.rs::a_stop_is_a_stop` `src/metrics/refresh.rs::a_short_stop_among_noisy_steps_is_a_stop` `src/clean/distance.rs::positions_that_are_new_every_five_seconds_do_not_leap` |
//! | K12: a total climb of 0 beside hills, or three times off them; a belt's own total; a height that never changes | `src/metrics/climb.rs::a_total_of_zero_beside_waves_is_none` `src/metrics/climb.rs::a_total_that_cannot_be_is_not_believed_and_noise_is_no_witness` `src/metrics/climb.rs::a_belt_climbs_what_its_own_total_says` `src/metrics/climb.rs::an_altitude_that_never_changes_is_none` |
//! | M9: lone spikes of heart rate | `src/clean/spikes.rs::what_leaps_up_and_down_again_is_no_heart_rate` `src/clean/spikes.rs::records_far_apart_are_no_spike` |
//! | H11: no maximum heart rate and no resting one in any file | `src/athlete.rs::an_estimate_needs_three_runs_of_ten_in_24_months` `src/athlete.rs::given_goes_before_stored_and_stored_before_estimated` |
//! | **Several sources of one quantity** | |
//! | K1: totals, laps, records, track and speed that contradict each other: two of different origin beat one, what no runner can do is out | `src/trust/witness.rs::two_that_agree_beat_one` `src/trust/distance.rs::two_agree_and_the_third_is_put_right` `src/trust/distance.rs::without_a_total_the_track_and_the_speed_decide` `tests/it/traps.rs::who_contradicts_whom_is_told` |
//! | K1, M10: a distance in km, in miles, twice as far; a column that counts on from a longer recording | `src/trust/distance.rs::two_agree_and_the_third_is_put_right` `src/clean/distance.rs::a_column_cut_out_of_a_longer_one_is_counted_from_its_own_start` |
//! | K1, M1: records of the first lap only; laps that end before the records do, or hold running totals | `src/trust/distance.rs::records_of_the_first_lap_do_not_speak_for_all` `src/trust/times.rs::laps_that_end_before_the_records_do_know_a_part` `src/trust/laps.rs::starts_show_that_times_are_running_totals` |
//! | K7, M2, M11: a timer in milliseconds or ten times too long, an elapsed time below the timer, a watch that waits to be saved | `src/trust/times.rs::a_timer_is_not_longer_than_the_recording_nor_an_elapsed_time_shorter_than_the_timer` `src/trust/times.rs::what_was_written_at_the_end_tells_how_long_it_took` |
//! | K6: the start of session or lap lies on another day | `src/trust/start.rs::a_start_that_the_records_deny_is_not_believed` |
//! | K6: an offset of 0, or one that the place denies; positions of a game's world | `src/trust/offset.rs::the_place_is_believed_and_zero_says_nothing` `src/ingest/row.rs::receivers_write_zeros_before_they_know_where_they_are` |
//! | times on a wall clock without its zone: the place's zone, else --timezone; the local day and hour stay | `tests/it/wall_clock.rs::a_wall_clock_keeps_its_hour_and_gets_its_moment` |
//! | a wall clock beside a copy in UTC: the same run once, at the copy's moment | `src/merge/walls.rs::a_copy_on_the_same_clock_tells_the_moment` `src/merge/walls.rs::where_nobody_knows_the_zone_only_the_same_recording_will_do` `src/merge/walls.rs::a_line_that_names_the_file_tells_the_moment` `tests/it/wall_clock.rs::a_wall_clock_and_a_copy_in_utc_are_one_run` |
//! | K13, M3: speeds in km/h, halved or doubled | `src/trust/speed.rs::speeds_in_another_unit_are_not_believed` |
//! | H5, K8: an open sport: the title, then speed, stops, heart and legs; a run that no runner can have run | `src/trust/sport.rs::an_open_sport_is_a_run_only_where_everything_says_so` `src/trust/sport.rs::a_title_speaks_before_the_speed` |
//! | all kinds: no column holds what no runner can reach | `tests/it/bounds.rs::of_the_sample_and_of_hostile_files` |
//! | **GPX and TCX** | |
//! | any prefix or none before `hr` and `cad`; prefixes nobody declared; a mark or blanks in front; ISO-8859-1 | `tests/it/traps.rs::what_strict_parsers_refuse_is_read` `src/decode/xml/encoding.rs::texts_in_every_encoding` `tests/it/xml_hostile.rs::every_hostile_file_has_its_outcome` |
//! | H5: no sport: by option or by speed, and told | `src/ingest/row.rs::only_running_is_counted_and_other_sports_are_kept` |
//! | pauses are the spaces between segments, and add no distance | `tests/it/traps.rs::between_segments_there_is_no_distance` `src/decode/gpx.rs::the_space_between_segments_is_a_pause` `src/clean/distance.rs::a_pause_adds_no_distance` |
//! | the watch's own totals in the extensions of the file | `src/decode/gpx.rs::everything_a_point_and_a_track_can_hold` `tests/it/xml_corpus.rs::the_watchs_totals_of_the_gpx_history_are_read` |
//! | several activities in any order, courses, zones like +01:00 | `tests/it/traps.rs::activities_of_a_tcx_file_are_put_in_order_and_keep_their_zone` `src/decode/tcx.rs::files_without_activities_and_with_several` `src/text/stamp.rs::times` |
//! | laps hold distance and time | `src/decode/tcx.rs::laps_are_handed_over_as_they_stand` |
//! | K15: points without a position, with empty ones or NaN | `src/decode/gpx.rs::faults_are_counted_once_per_kind` |
//! | K15: heart rate and cadence under every name, in attributes, in Hz | `src/decode/gpx.rs::values_are_known_by_every_name` `src/decode/gpx/names.rs::names_are_known_in_any_case` |
//! | K1: distances since the point before, alone or beside those since the start | `src/decode/gpx.rs::distances_since_the_point_before_are_added_up` `src/decode/gpx/steps.rs::steps_are_told_from_a_way_so_far` `src/decode/gpx/steps.rs::without_positions_speeds_or_falls_tell` |
//! | H4: a lap's time in the extensions | `src/decode/gpx.rs::a_laps_time_is_not_the_activitys` |
//! | K15: one outing in several tracks, numbered or named by time | `src/decode/gpx.rs::tracks_named_by_time_or_following_at_once_are_one` `src/decode/gpx/tracks.rs::numbers_and_parts_are_no_names` |
//! | times without a zone: another time that has one, the file's name, the hour of day, else local | `tests/it/wall_clock.rs::times_without_a_zone_are_local_unless_something_shows_utc` `src/decode/xml/zones.rs::a_time_with_a_zone_says_what_those_without_one_mean` `src/trust/wall.rs::local_unless_something_shows_that_it_is_utc` `src/text/named.rs::names_that_hold_a_moment` |
//! | distances so far in km or miles that are short enough for steps | `src/decode/gpx/steps.rs::steps_are_told_from_a_way_so_far` |
//! | M7: decimal commas | `src/decode/gpx.rs::faults_are_counted_once_per_kind` `src/decode/tcx.rs::faults_are_counted_once_per_kind` `src/text/number.rs::a_comma_is_read_where_there_is_no_point` |
//! | K8: types and titles in the languages of the world; a sport nobody knows is no run | `src/sport/heard.rs::types_of_recordings_in_any_language` `src/sport/title.rs::titles_of_runs` `src/sport/title.rs::titles_of_other_sports` `src/sport/title.rs::what_names_no_sport_or_several_is_open` `src/sport/world.rs::words_put_together_are_known_by_their_last_part` |
//! | H7: runs left out for their clock, or files that failed, are said at the top where they are many | `src/report/lost.rs::recordings_that_are_lost_are_told_when_they_are_many` |
//! | H9: what the file says of the sport stays beside what it was taken for | `tests/it/traps.rs::the_word_of_the_file_stays_beside_what_it_was_taken_for` |
//! | H12: eighteen archives are a line before and one after | `tests/it/command.rs::archives_do_not_scroll_by` |
//! | M12: other sports are held to the same, and what cannot be is told | `tests/it/traps.rs::what_cannot_be_of_a_swim_is_told_too` |
//! | **One activity, several files** | |
//! | FIT, GPX and TCX of one run; the richest is kept and the others are listed | `tests/it/traps.rs::one_run_in_three_formats_is_one_run` `src/merge/copies.rs::what_is_kept_takes_what_it_lacks` `src/merge/copies.rs::what_is_kept_loses_nothing_it_has` |
//! | every copy is listed under what stays in the end | `src/merge/copies.rs::what_was_kept_for_a_while_is_not_named_as_kept` |
//! | a watch and a phone seconds apart; the same bytes under two names; 2 min and 3 % and no more | `src/merge/copies.rs::copies_go_and_neighbours_stay` `tests/it/packing.rs::a_history_given_twice_is_the_same_history` |
//! | copies of two services, whose names and ids do not match | `tests/it/account_exports.rs::a_runner_with_both_exports_has_each_run_once` |
//! | a false start and the run after it are two | `src/merge/copies.rs::copies_go_and_neighbours_stay` `src/merge/overlaps.rs::runs_one_after_the_other_are_two_runs` |
//! | no false merges: what overlaps and is no copy stays, and is told | `tests/it/traps.rs::half_a_recording_beside_the_whole_one_is_told` `src/merge/overlaps.rs::what_lies_in_the_time_of_another_is_told_once` |
//! | K15: a watch and a phone started minutes apart, both to the end, are one run; half of one beside it is not | `src/merge/copies.rs::a_watch_and_a_phone_started_minutes_apart_are_one_run` `src/merge/copies.rs::what_is_in_a_longer_recording_is_not_all_of_it` |
//! | M8: a clock wrong by years: the account's index, the file's name or the files beside it tell the day, and else it is left out | `src/merge/undated.rs::a_run_without_a_day_gets_the_one_that_something_tells` `src/merge/undated.rs::dates_in_names` `src/merge/undated.rs::what_is_moved_is_called_by_its_day_and_its_copies_know` `tests/it/traps.rs::a_clock_of_another_year_costs_no_run_whose_name_tells_its_day` |
//! | a receiver's weeks began anew: years back, however many | `src/merge/strays.rs::weeks_that_began_anew_are_told_with_the_day_they_would_make` `src/merge/strays.rs::a_long_pause_is_a_pause` `src/merge/strays.rs::one_run_of_another_year_is_a_stray` |
//! | **Archives** | |
//! | gzip, zip, zip in zip, gzip in zip | `tests/it/packing.rs::the_way_files_are_given_changes_nothing` `src/source/mod.rs::gzip_is_told_by_content_and_bounded` |
//! | `__MACOSX/._x.fit` is no recording; other members are counted and not listed | `tests/it/account_exports.rs::garmins_export_is_read_as_it_was_downloaded` |
//! | read in place, nothing put on disk | `tests/it/traps.rs::an_archive_too_large_in_an_archive_says_what_to_do` `tests/it/tidy.rs::files_are_written_in_one_place` |
//! | sizes and depth have bounds, and what was left out is named | `tests/it/traps.rs::an_archive_too_large_in_an_archive_says_what_to_do` `src/source/directory.rs::every_hostile_archive_is_read_as_far_as_it_can_be` `src/source/archive.rs::what_an_archive_unpacks_to_is_bounded_in_all` |
//! | **Garmin's account export** | |
//! | three layouts, each recording zipped or not | `tests/it/account_exports.rs::garmins_export_is_read_as_it_was_downloaded` |
//! | most FIT files are no activities, and names do not tell which | `tests/it/traps.rs::other_fit_files_are_not_read_on` `tests/it/account_exports.rs::garmins_export_is_read_as_it_was_downloaded` |
//! | an upload's number is not the activity's: lines find their recordings by the start | `src/merge/copies.rs::lines_of_an_index_go_to_their_recordings` `tests/it/account_exports.rs::garmins_export_is_read_as_it_was_downloaded` |
//! | centimetres, milliseconds, tens of m/s, local time as if it were UTC | `src/exports/garmin/tests.rs::an_activity_is_read_in_si_units` `src/exports/garmin/tests.rs::the_local_day_comes_from_the_wall_clock` |
//! | distances or ascents in metres after all | `src/exports/garmin/tests.rs::a_distance_in_metres_is_found_by_the_mean_speed` `src/merge/copies.rs::an_index_in_metres_is_found_out` |
//! | K9: a distance, a sport and a crop that the runner corrected in the account | `tests/it/account_exports.rs::what_was_corrected_in_garmins_account_counts` `src/merge/copies.rs::what_no_runner_corrects_is_told_and_the_recording_is_believed` |
//! | keys left out or null | `src/exports/garmin/tests.rs::what_is_missing_is_absent` |
//! | the sum of an outing beside its legs | `src/merge/outings.rs::a_sum_goes_when_its_legs_are_there` |
//! | shoes without a name; their distance is the sum of their runs | `src/exports/garmin/tests.rs::shoes_and_what_they_were_worn_on` `src/metrics/shoe.rs::each_shoe_has_its_own_sum` |
//! | sleep is deep, light and REM, which may be missing; naps are no nights | `src/exports/garmin/tests.rs::nights_are_deep_light_and_rem` `src/exports/garmin/tests.rs::nights_that_were_not_measured_are_no_nights` |
//! | day files that look like heart-rate zones are none | `src/exports/garmin/tests.rs::files_are_known_by_their_keys_and_empty_ones_by_name` |
//! | **Strava's bulk export** | |
//! | every language, date, decimal comma and generation; any depth | `tests/it/account_exports.rs::stravas_export_is_read_as_it_was_downloaded` `src/exports/strava/strava_tests.rs::every_language_reads_alike` `src/exports/strava/strava_tests.rs::every_generation_of_columns` |
//! | the index without its folder | `tests/it/account_exports.rs::an_index_alone_has_every_run_as_a_row` |
//! | names that come twice: the first distance is km or miles, the second metres | `src/exports/strava/strava_tests.rs::names_that_come_twice_are_told_by_their_order` `src/exports/strava/strava_tests.rs::every_language_reads_alike` |
//! | the form before July 2019, in metres | `src/exports/strava/strava_tests.rs::the_form_before_2019` `tests/it/account_exports.rs::stravas_export_is_read_as_it_was_downloaded` |
//! | dates are UTC, and some can be read both ways | `src/exports/strava/dates.rs::one_moment_in_every_language` `src/exports/strava/strava_tests.rs::dates_that_can_be_read_both_ways` |
//! | a file's number is not the activity's; entries by hand have no file | `src/merge/copies.rs::a_line_finds_the_file_it_names_whatever_its_clock` `src/exports/strava/strava_tests.rs::rows_are_records_and_manual_entries_have_no_file` |
//! | descriptions with line breaks; a quote that never closes | `src/exports/strava/strava_tests.rs::rows_are_records_and_manual_entries_have_no_file` `src/exports/strava/strava_tests.rs::a_quote_that_never_closes_costs_its_row_at_most` |
//! | shoes are known by brand, model and nickname, and bicycles are none | `src/exports/strava/strava_tests.rs::shoes_join_by_equal_words` |
//! | other lists of the export, and tables of other services with the same names | `src/exports/strava/strava_tests.rs::other_files_are_nobodys` `tests/it/strava_corpus.rs::a_garmin_table_is_not_taken_for_stravas` |
//! | a spreadsheet saved the index anew | `src/exports/strava/strava_tests.rs::what_spreadsheets_make_of_it` |
//! | K9: a distance, a sport and a crop that the runner corrected in the account | `src/merge/copies.rs::another_distance_in_the_same_time_is_the_runners_own` `src/merge/copies.rs::another_sport_is_the_runners_own` `src/merge/copies.rs::what_was_cut_off_is_no_part_of_the_run` `src/merge/copies.rs::a_crop_and_another_index_do_not_contradict_each_other` |
//! | **Apple Health** | |
//! | a file of gigabytes, never held: a window moves over it; cut, it is used as far as it is whole | `src/exports/apple/scan.rs::wanted_tags_are_seen_wherever_the_window_ends` `tests/it/apple_health.rs::half_an_export_is_used_and_told` `tests/it/apple_health.rs::every_cut_is_read_without_a_fault` |
//! | a DTD with bombs, comments and entities that look like workouts; a tag without an end | `tests/it/apple_health.rs::apples_export_is_read_as_it_was_downloaded` `src/exports/apple/scan.rs::what_has_no_end_costs_itself` |
//! | the file's name is the phone's language's; the clinical document beside it is none | `tests/it/apple_health.rs::apples_export_is_read_as_it_was_downloaded` |
//! | a route has no sport: it is its workout's | `tests/it/apple_health.rs::apples_export_is_read_as_it_was_downloaded` |
//! | dates have the phone's zone at the export, not the run's | `tests/it/apple_health.rs::apples_export_is_read_as_it_was_downloaded` |
//! | units in words; parts of a workout repeat it; sources beside each other | `src/exports/apple/amount.rs::units_are_what_they_are` `tests/it/apple_health.rs::apples_export_is_read_as_it_was_downloaded` |
//! | in bed is not asleep; a watch and a phone saw one night; naps | `src/exports/kit/nights.rs::what_lies_over_each_other_counts_once` `src/exports/kit/nights.rs::naps_are_no_nights` |
//! | **Samsung Health** | |
//! | a line before the header, a comma behind each row; two generations of names and clocks | `src/exports/samsung/tests.rs::exercises_are_lines_with_their_files` `src/exports/samsung/tests.rs::the_layout_before_had_the_clock_of_the_wall` |
//! | samples and places in files of their own; metres since the sample before or from the start | `tests/it/export_layouts.rs::samsungs_export_is_read_as_it_was_downloaded` `src/exports/samsung/tests.rs::samples_are_a_recording` |
//! | **Other services** | |
//! | an export that is not read, or locked | `tests/it/export_layouts.rs::an_export_that_is_not_read_is_named_with_the_way_out` |
//! | Gadgetbridge's folder and a watch's own | `tests/it/export_layouts.rs::what_gadgetbridge_and_a_watch_keep_is_read` |
//! | **Indexes that know the wall clock or the day** | |
//! | a line without a recording: every `*_source` is `index` | `tests/it/wall_clock.rs::a_line_of_an_account_says_that_it_is_the_accounts` |
//! | a local start without a zone finds its recording by name or by both clocks, and gives it the zone it lacks | `tests/it/index_exports.rs::runkeeper_says_what_was_a_run_and_on_which_clock` `tests/it/index_exports.rs::a_wall_clock_finds_the_watch` |
//! | a day without a time: two runs of a day are two, and each has its own recording | `tests/it/index_exports.rs::trainingpeaks_rows_join_the_runs_of_their_days` |
//! | the sport is in the index alone: rides at a run's speed, runs at a walk's, treadmill runs | `tests/it/index_exports.rs::adidas_running_says_what_was_a_run_and_when` |
//! | heart rates in a file of their own, of half the run or of nothing | `tests/it/index_exports.rs::heart_rates_join_the_session_they_cover` |
//! | kilometres or miles, metres or feet, by the column's name; decimal commas, semicolons, UTF-16 | `src/exports/runkeeper/tests.rs::miles_and_feet` `src/exports/runkeeper/tests.rs::as_spreadsheets_save_it` `src/exports/cells.rs::commas_part_fractions_or_thousands` |
//! | what was planned was not run | `src/exports/trainingpeaks/tests.rs::what_was_only_planned_is_none` |
//! | a table of days is nights, the heart at rest, and perhaps a pain log | `tests/it/index_exports.rs::intervals_tables_give_sports_and_nights_and_may_be_a_pain_log` |
//! | what a runner wrote of pain into an account; a note that was shown as a title | `tests/it/account_notes.rs::comments_are_counted_and_leave_no_trace_unasked` `tests/it/account_notes.rs::comments_that_speak_of_pain_are_heard_with_notes` `src/exports/trainingpeaks/tests.rs::comments_are_the_athletes_own_also_where_nothing_was_done` `src/exports/runtastic/tests.rs::a_session_of_the_flat_layout` |
//! | an injury as a number, without a place and on a scale of its own | `src/pain/comments.rs::an_injury_by_its_number_is_a_place_without_a_name` `src/exports/trainingpeaks/tests.rs::metrics_hold_injuries_and_notes` `src/exports/intervals/tests.rs::wellness_holds_comments_and_injuries` |
//! | **Exports of other services** | |
//! | Polar Flow: two generations, bare NaN, zeros before the first altitude, local time beside its offset, sports by number | `tests/it/more_exports.rs::polar_flow` `src/exports/polar/tests.rs::a_session_of_today_is_read_in_si_units` `src/exports/polar/tests.rs::a_session_of_the_generation_before_is_read_too` `src/exports/polar/tests.rs::an_exercise_that_begins_the_offset_before_its_session_is_in_utc` |
//! | Google Fit: folders in the account's language, a session beside its TCX file, treadmills behind a point | `tests/it/more_exports.rs::google_fit` `src/exports/google_fit.rs::sports_are_what_they_are_called` |
//! | Fitbit: the wall's clock in the American order, miles, names in any language | `tests/it/more_exports.rs::fitbit` `src/exports/fitbit/tests.rs::sports_by_number_before_name_and_distances_by_their_unit` `src/exports/fitbit/tests.rs::tables_know_the_moment_and_the_zone` |
//! | Huawei: samples as lines inside a text, times in three units, pauses at a place of their own, keys without quotes | `tests/it/more_exports.rs::huawei_health` `src/exports/huawei/tests.rs::samples_are_lines_inside_a_text` |
//! | Nike: channels at times of their own, distances and steps as differences, treadmills told by their place | `tests/it/more_exports.rs::nike_run_club` `src/exports/nike/tests.rs::without_metrics_it_is_a_line_and_indoors_a_treadmill` |
//! | Zepp and MapMyRun: tables without samples, of which one knows the day alone | `tests/it/more_exports.rs::zepp` `tests/it/more_exports.rs::map_my_run` |
//! | Endomondo: lists of objects with one member, beside TCX files of the same name | `tests/it/more_exports.rs::endomondo` `src/exports/endomondo.rs::without_points_it_is_a_line_of_the_file_beside_it` |
//! | COROS and Suunto: folders and zips of FIT files | `tests/it/more_exports.rs::coros_and_suunto_by_their_fit_files` |
//! | half a file, broken entries, numbers as texts, impossible values | `src/exports/polar/tests.rs::half_a_session_is_used_as_far_as_it_is_whole` `src/exports/kit/entry.rs::what_the_file_ends_in_is_not_half_read` `src/exports/kit/list.rs::broken_entries_cost_themselves` `src/exports/kit/table.rs::a_quote_that_never_closes_costs_its_row` |

use crate::common::{hostile, zip};
use niggle::{
    config::Config,
    decode,
    ingest::{self, Silent},
    merge::{self, Merged},
    model::{Activity, CadenceReason, DistanceSource, Format, Run, Sport},
    pipeline,
    problem::{Code, Problem},
    source,
    time::ZoneSource,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// 8 November 2024, 10:00 UTC.
const TEN_S: i64 = 1_731_060_000;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn folder(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    files
        .iter()
        .for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).unwrap());
    folder
}

/// What comes of these files.
fn read(files: &[(&str, Vec<u8>)]) -> Merged {
    let folder = folder(files);
    let found = source::discover(&[folder.path().to_path_buf()], &[]).unwrap();
    merge::one_activity_once(
        ingest::read_all(&found, &ingest::Options::default(), &Silent).unwrap(),
        None,
    )
}

/// The one run in these files.
fn only(files: &[(&str, Vec<u8>)]) -> Run {
    let Merged {
        mut runs, files, ..
    } = read(files);
    assert_eq!(
        runs.len(),
        1,
        "{:?}",
        files
            .iter()
            .flat_map(|file| &file.problems)
            .collect::<Vec<_>>()
    );
    runs.remove(0)
}

fn problems(merged: &Merged) -> Vec<&Problem> {
    merged
        .files
        .iter()
        .flat_map(|file| &file.problems)
        .collect()
}

/// A moment so many seconds after [`TEN_S`].
fn stamp(seconds: i64) -> String {
    chrono::DateTime::from_timestamp(TEN_S + seconds, 0)
        .unwrap()
        .format("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}

/// A point of a GPX track on the equator, so many metres along: a degree has 111,195.08 m.
fn trkpt(seconds: i64, metres: f64, inner: &str) -> String {
    let longitude = 10.0 + metres / 111_195.08;
    format!(
        "<trkpt lat=\"0.0000001\" lon=\"{longitude:.8}\">{inner}<time>{}</time></trkpt>",
        stamp(seconds)
    )
}

fn gpx(points: impl Iterator<Item = String>) -> Vec<u8> {
    let points: String = points.collect();
    format!("<gpx creator=\"test\"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>")
        .into_bytes()
}

fn trackpoint(time: &str, metres: f64, inner: &str) -> String {
    format!(
        "<Trackpoint><Time>{time}</Time><DistanceMeters>{metres}</DistanceMeters>{inner}</Trackpoint>"
    )
}

/// An activity of a TCX file with one lap.
fn tcx_activity(start: &str, totals: &str, points: impl Iterator<Item = String>) -> String {
    let points: String = points.collect();
    format!(
        "<Activity Sport=\"Running\"><Id>{start}</Id><Lap StartTime=\"{start}\">{totals}<Track>{points}</Track></Lap></Activity>"
    )
}

fn tcx(activities: &str) -> Vec<u8> {
    format!(
        "<TrainingCenterDatabase><Activities>{activities}</Activities></TrainingCenterDatabase>"
    )
    .into_bytes()
}

/// The first FIT file of the sample, and what it holds.
fn sample() -> (Vec<u8>, Activity) {
    let path = root().join("sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_1000001.fit");
    let bytes = fs::read(path).unwrap();
    let activity = decode::fit::decode(&bytes).activities.remove(0);
    (bytes, activity)
}

/// The activity's points as another program would export them.
fn as_gpx(activity: &Activity) -> Vec<u8> {
    let samples = &activity.samples;
    gpx((0..samples.len())
        .filter(|i| samples.latitude_deg[*i].is_finite())
        .map(|i| {
            let (latitude, longitude) = (samples.latitude_deg[i], samples.longitude_deg[i]);
            let time = stamp(samples.time_s[i] as i64 - TEN_S);
            format!(
                "<trkpt lat=\"{latitude:.7}\" lon=\"{longitude:.7}\"><time>{time}</time></trkpt>"
            )
        }))
}

fn as_tcx(activity: &Activity) -> Vec<u8> {
    let samples = &activity.samples;
    let times: Vec<String> = samples
        .time_s
        .iter()
        .map(|time| stamp(*time as i64 - TEN_S))
        .collect();
    let known = (0..samples.len()).filter(|i| samples.distance_m[*i].is_finite());
    tcx(&tcx_activity(
        &times[0],
        "",
        known.map(|i| trackpoint(&times[i], samples.distance_m[i], "")),
    ))
}

#[test]
fn one_run_in_three_formats_is_one_run() {
    let (fit, activity) = sample();
    let (gpx, tcx) = (as_gpx(&activity), as_tcx(&activity));
    let all = read(&[
        ("a.gpx", gpx.clone()),
        ("b.tcx", tcx.clone()),
        ("c.fit", fit),
    ]);
    assert_eq!(
        (all.runs.len(), all.runs[0].source.as_str()),
        (1, all.merges[0].kept.as_str())
    );
    assert_eq!((all.runs[0].format, all.merges.len()), (Format::Fit, 2));
    let both = read(&[("a.gpx", gpx), ("b.tcx", tcx)]);
    assert_eq!(
        (both.runs.len(), both.runs[0].format, both.merges.len()),
        (1, Format::Tcx, 1)
    );
}

/// What battery and network leave: half a TCX beside the whole GPX. Neither is thrown away, and the report says it.
#[test]
fn half_a_recording_beside_the_whole_one_is_told() {
    let (_, activity) = sample();
    let (gpx, tcx) = (as_gpx(&activity), as_tcx(&activity));
    let files = [
        ("whole.gpx", gpx),
        ("cut.tcx", tcx[..tcx.len() * 2 / 5].to_vec()),
    ];
    let merged = read(&files);
    assert_eq!(merged.runs.len(), 2);
    let told: Vec<&Problem> = problems(&merged)
        .into_iter()
        .filter(|problem| problem.code == Code::Overlap)
        .collect();
    assert_eq!(told.len(), 1);
    assert!(
        told[0].place.ends_with("/cut.tcx") && told[0].detail.contains("/whole.gpx"),
        "{}",
        told[0].line()
    );
    assert!(
        told[0].line().contains("take the poorer file away"),
        "{}",
        told[0].line()
    );
    // And where the runner reads it.
    let (input, output) = (folder(&files), tempfile::tempdir().unwrap());
    let config = Config {
        inputs: vec![input.path().to_path_buf()],
        output: output.path().to_path_buf(),
        ..Config::default()
    };
    pipeline::run(&config, &Silent).unwrap();
    let report = fs::read_to_string(output.path().join("report.md")).unwrap();
    let line = report
        .lines()
        .find(|line| line.contains("was at the same time as the run in"))
        .expect("a line of its own");
    assert!(line.contains("cut") && line.contains("whole"), "{line}");
    let table = fs::read_to_string(output.path().join("problems.csv")).unwrap();
    assert_eq!(
        table
            .lines()
            .filter(|line| line.starts_with("overlap,"))
            .count(),
        1
    );
}

/// The good run with another file type in its `file_id`, which says 4 at byte 33: weights, courses, monitoring and the rest hold
/// records and sessions too, and none of them is a run.
#[test]
fn other_fit_files_are_not_read_on() {
    let good = hostile("fit/00_good_run.fit");
    assert_eq!(good[33], 4);
    let (sealed, checksum) = (good.len() - 2, crc::Crc::<u16>::new(&crc::CRC_16_ARC));
    for kind in [
        1, 2, 3, 5, 6, 7, 9, 10, 11, 14, 15, 20, 28, 32, 34, 35, 40, 49, 0xF7,
    ] {
        let mut bytes = good.clone();
        bytes[33] = kind;
        let sum = checksum.checksum(&bytes[..sealed]);
        bytes[sealed..].copy_from_slice(&sum.to_le_bytes());
        // The name says what it likes.
        let merged = read(&[("1234_ACTIVITY.fit", bytes), ("run.fit", good.clone())]);
        let codes: Vec<Code> = problems(&merged)
            .iter()
            .map(|problem| problem.code)
            .collect();
        assert_eq!(
            (merged.runs.len(), codes),
            (1, vec![Code::NotAnActivity]),
            "file type {kind}"
        );
    }
}

#[test]
fn of_a_multisport_file_only_the_run_counts() {
    let merged = read(&[("race.fit", hostile("fit/40_multisport.fit"))]);
    let sports: Vec<&str> = merged.others.iter().map(|other| other.sport.0).collect();
    assert_eq!(
        (merged.runs.len(), merged.runs[0].sport, sports),
        (1, Sport::RUNNING, vec!["swimming", "cycling"])
    );
    assert_eq!(merged.runs[0].distance_m, Some(60.0));
}

/// 60 records at 3 m/s on a belt.
#[test]
fn a_treadmill_has_its_distance_and_no_positions() {
    let run = only(&[("belt.fit", hostile("fit/37_treadmill.fit"))]);
    assert_eq!(
        (run.distance_m, run.distance_source),
        (Some(180.0), Some(DistanceSource::Device))
    );
    assert_eq!((run.sub_sport, run.records), ("treadmill", 60));
}

/// Five minutes of running, five of standing with a cadence of 0, five of running; the lap's own mean of 57 has the standing in it.
#[test]
fn standing_still_is_not_in_the_cadence() {
    let points = (0..900i64).map(|second| {
        let (running, cadence) = if (300..600).contains(&second) {
            (300, 0)
        } else {
            (second.min(300) + (second - 600).max(0), 85)
        };
        trackpoint(
            &stamp(second),
            running as f64 * 3.0,
            &format!("<Cadence>{cadence}</Cadence>"),
        )
    });
    let totals = "<TotalTimeSeconds>900</TotalTimeSeconds><DistanceMeters>1797</DistanceMeters><Cadence>57</Cadence>";
    let run = only(&[("stop.tcx", tcx(&tcx_activity(&stamp(0), totals, points)))]);
    assert_eq!(
        (run.cadence_spm, run.cadence_reason),
        (Some(170.0), Some(CadenceReason::Running(85.0)))
    );
}

/// Up 60 m in five minutes and down again, with a height in every point and in every fifth.
#[test]
fn heights_in_every_fifth_point_are_the_same_climb() {
    let climb = |every: i64| {
        let points = (0..=600i64).map(|second| {
            let height = 100.0 + 0.2 * (300 - (second - 300).abs()) as f64;
            let inner = if second % every == 0 {
                format!("<ele>{height}</ele>")
            } else {
                String::new()
            };
            trkpt(second, second as f64 * 3.0, &inner)
        });
        let run = only(&[("hill.gpx", gpx(points))]);
        (run.ascent_m.unwrap(), run.descent_m.unwrap())
    };
    for every in [1, 5] {
        let (up, down) = climb(every);
        // 15 s of mean round the summit off by less than a metre.
        // 15 s of median and of mean cut 2 m from the foot and the summit of 60 m.
        assert!(
            (up - 58.0).abs() < 0.5 && (down - 58.0).abs() < 0.5,
            "every {every}: {up} up, {down} down"
        );
    }
}

/// Prefixes nobody declared, a mark before the first byte, blanks before the declaration, letters in an old encoding.
#[test]
fn what_strict_parsers_refuse_is_read() {
    let body = |prefix: &str, head: &str, root: &str| {
        let inner = format!(
            "<extensions><{prefix}E><{prefix}hr>140</{prefix}hr><{prefix}cad>85</{prefix}cad></{prefix}E></extensions>"
        );
        let points: String = (0..=60)
            .map(|second| trkpt(second, second as f64 * 3.0, &inner))
            .collect();
        format!(
            "{head}<gpx{root}><trk><name>M\u{fc}he</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
        )
    };
    let utf_8 = |text: String| text.into_bytes();
    let latin = |text: String| {
        text.chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect::<Vec<u8>>()
    };
    let declared = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    for bytes in [
        utf_8(body(
            "gpxtpx:",
            declared,
            " xmlns:gpxtpx=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"",
        )),
        utf_8(body(
            "ns3:",
            declared,
            " xmlns:ns3=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"",
        )),
        utf_8(body("", declared, "")),
        utf_8(body(
            "gpxdata:",
            &format!("\u{feff}{declared}"),
            " xmlns=\"http://www.topografix.com/GPX/1/1\"",
        )),
        utf_8(body("gpxtpx:", &format!("\n          {declared}"), "")),
        utf_8(body(
            "gpxtpx:",
            declared,
            " xsi:schemaLocation=\"http://www.topografix.com/GPX/1/1\"",
        )),
        latin(body(
            "gpxtpx:",
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>",
            "",
        )),
        latin(body("gpxtpx:", declared, "")),
    ] {
        let what = String::from_utf8_lossy(&bytes[..120]).into_owned();
        let run = only(&[("odd.gpx", bytes)]);
        assert_eq!(
            (run.cadence_spm, run.heart_rate_mean_bpm),
            (Some(170.0), Some(140.0)),
            "{what}"
        );
        assert_eq!(run.name.as_deref(), Some("M\u{fc}he"), "{what}");
    }
}

/// 99 s at 3 m/s, half an hour in a train, 99 s at 3 m/s.
#[test]
fn between_segments_there_is_no_distance() {
    let part = |from_s: i64, from_m: f64| {
        (0..100)
            .map(|n| trkpt(from_s + n, from_m + n as f64 * 3.0, ""))
            .collect::<String>()
    };
    let both = [
        part(0, 0.0),
        "</trkseg><trkseg>".to_string(),
        part(1900, 20_000.0),
    ];
    let run = only(&[("train.gpx", gpx(both.into_iter()))]);
    assert!(
        (run.distance_m.unwrap() - 594.0).abs() < 1.0,
        "{:?}",
        run.distance_m
    );
    assert_eq!((run.timer_s, run.elapsed_s), (Some(198.0), Some(1999.0)));
}

/// The later activity first, both on a clock an hour ahead of UTC, and a course.
#[test]
fn activities_of_a_tcx_file_are_put_in_order_and_keep_their_zone() {
    let activity = |hour: i64, speed: f64| {
        let time = |second: i64| stamp((hour + 1) * 3600 + second).replace('Z', "+01:00");
        tcx_activity(
            &time(0),
            "",
            (0..600).map(|second| trackpoint(&time(second), second as f64 * speed, "")),
        )
    };
    let course = "</Activities><Courses><Course><Name>x</Name></Course></Courses><Activities>";
    let runs = read(&[(
        "two.tcx",
        tcx(&[activity(5, 2.5), course.to_string(), activity(0, 3.0)].concat()),
    )])
    .runs;
    let starts: Vec<i64> = runs
        .iter()
        .map(|run| run.start_utc.timestamp() - TEN_S)
        .collect();
    assert_eq!(starts, [0, 5 * 3600]);
    assert!(
        runs.iter()
            .all(|run| (run.utc_offset_s, run.zone_source) == (3600, ZoneSource::File))
    );
    assert_eq!(
        runs.iter().map(|run| run.distance_m).collect::<Vec<_>>(),
        [Some(1797.0), Some(1497.5)]
    );
}

/// Half an hour at 3 m/s whose only lap says twice as much, or the time in milliseconds.
#[test]
fn who_contradicts_whom_is_told() {
    let of = |sport: &str, metres: f64, seconds: f64| {
        let points: String = (0..=180)
            .map(|i| point_at(10 * i, 30.0 * f64::from(i)))
            .collect();
        let lap = format!(
            "<Lap StartTime='2024-11-08T10:00:00Z'><TotalTimeSeconds>{seconds}</TotalTimeSeconds>\
             <DistanceMeters>{metres}</DistanceMeters><Track>{points}</Track></Lap>"
        );
        let text = format!(
            "<TrainingCenterDatabase><Activities><Activity Sport='{sport}'>{lap}</Activity></Activities></TrainingCenterDatabase>"
        );
        let merged = read(&[("a.tcx", text.into_bytes())]);
        let run = merged
            .runs
            .iter()
            .chain(&merged.others)
            .next()
            .cloned()
            .unwrap();
        let problems = merged.files.iter().flat_map(|file| &file.problems);
        let codes: Vec<Code> = problems.map(|problem| problem.code).collect();
        (run.distance_m, run.timer_s, codes)
    };
    let (metres, seconds, codes) = of("Running", 10_800.0, 1800.0);
    assert_eq!((metres, seconds), (Some(5400.0), Some(1800.0)));
    assert!(codes.contains(&Code::DistanceMismatch), "{codes:?}");
    // Another sport's contradictions are told, too.
    for sport in ["Running", "Biking"] {
        let (metres, seconds, codes) = of(sport, 5400.0, 1_800_000.0);
        assert_eq!((metres, seconds), (Some(5400.0), Some(1800.0)), "{sport}");
        assert!(codes.contains(&Code::TimeMismatch), "{sport}: {codes:?}");
    }
}

/// A point so many seconds after ten, along the equator.
fn point_at(second: u32, metres: f64) -> String {
    let (minutes, seconds) = (second / 60, second % 60);
    let longitude = 10.0 + metres / 111_195.08;
    format!(
        "<Trackpoint><Time>2024-11-08T10:{minutes:02}:{seconds:02}Z</Time><Position><LatitudeDegrees>0.0001</LatitudeDegrees>\
         <LongitudeDegrees>{longitude:.7}</LongitudeDegrees></Position><DistanceMeters>{metres}</DistanceMeters></Trackpoint>"
    )
}

/// 58 minutes of running and a last point 20 hours after the first: the watch was left on.
#[test]
fn a_watch_left_on_ran_for_an_hour() {
    let seconds = (0..=3480).chain([72_000]);
    let points = seconds.map(|second| trkpt(second, second.min(3480) as f64 * 3.0, ""));
    let merged = read(&[("on.gpx", gpx(points))]);
    assert_eq!(
        (merged.runs[0].timer_s, merged.runs[0].elapsed_s),
        (Some(3480.0), Some(72_000.0))
    );
    assert!(
        problems(&merged)
            .iter()
            .any(|problem| problem.code == Code::LongGap)
    );
}

/// An export whose inner archive unpacks to more than niggle reads names that archive and what to do; nothing is put beside it.
#[test]
fn an_archive_too_large_in_an_archive_says_what_to_do() {
    let run = hostile("fit/00_good_run.fit");
    let inner = zip(&[
        ("big.bin".into(), vec![0; 17 << 20], true),
        ("in.fit".into(), run.clone(), true),
    ]);
    let outer = zip(&[
        ("Part1.zip".into(), inner, false),
        ("run.fit".into(), run, false),
    ]);
    let folder = folder(&[("export.zip", outer)]);
    let found = source::discover(&[folder.path().to_path_buf()], &[]).unwrap();
    let ingested = ingest::read_all(&found, &ingest::Options::default(), &Silent).unwrap();
    let merged = merge::one_activity_once(ingested, None);
    assert_eq!(merged.runs.len(), 1, "what lies beside it is read");
    let told = problems(&merged);
    let line = told
        .iter()
        .find(|problem| problem.code == Code::UnpacksTooLarge)
        .expect("a line about it")
        .line();
    assert!(
        line.contains("export.zip/Part1.zip: ") && line.contains("the 16 MiB that niggle reads"),
        "{line}"
    );
    assert!(
        line.contains("left out with all that is in it") && line.contains("unpack it by hand"),
        "{line}"
    );
    let names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["export.zip"]);
}

/// The table above cannot rot: every test that it names is there, and is a test.
#[test]
fn every_test_of_the_table_exists() {
    let mut named = 0;
    for row in include_str!("traps.rs")
        .lines()
        .filter(|line| line.starts_with("//! | ") && line.contains("::"))
    {
        let tests = row.rsplit('|').nth(1).unwrap_or_default();
        for test in tests.split('`').filter(|part| part.contains("::")) {
            let (path, name) = test.split_once("::").unwrap();
            assert!(is_test(&root().join(path), name), "{row}: no test {test}");
            named += 1;
        }
        assert!(tests.contains('`'), "{row}: no test is named");
    }
    assert!(named > 100, "{named} tests are named");
}

/// A stranger who looks for a kind finds it.
#[test]
fn every_kind_has_its_row() {
    let table = include_str!("traps.rs");
    let heads = table.lines().filter_map(|line| line.strip_prefix("//! | "));
    let heads = heads.filter_map(|row| row.split_once(": "));
    let named: Vec<&str> = heads.flat_map(|(head, _)| head.split(", ")).collect();
    let numbered = |letter: char, last: usize| (1..=last).map(move |n| format!("{letter}{n}"));
    let kinds = numbered('K', 15)
        .chain(numbered('H', 12))
        .chain(numbered('M', 12));
    let missing: Vec<String> = kinds
        .filter(|kind| !named.contains(&kind.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Whether a function of this name stands in the file below `#[test]`, or among proptest's.
fn is_test(path: &Path, name: &str) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| {
        line.strip_prefix("fn ")
            .is_some_and(|rest| rest.starts_with(&format!("{name}(")))
    });
    // Attributes and comments may stand between.
    let above = |at: usize| {
        lines[..at]
            .iter()
            .rev()
            .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
    };
    at.is_some_and(|at| above(at).any(|line| *line == "#[test]"))
}

/// A watch without a fix writes 1989, and one of old falls back by 1024 weeks: with a date in the file's name the run is one of that
/// day, and else it is left out with its length.
#[test]
fn a_clock_of_another_year_costs_no_run_whose_name_tells_its_day() {
    let gpx = |start: &str| {
        let start: chrono::DateTime<chrono::Utc> = start.parse().unwrap();
        let point = |n: i64| {
            let time = (start + chrono::TimeDelta::seconds(10 * n)).format("%Y-%m-%dT%H:%M:%SZ");
            let lon = 11.5 + 0.0004 * n as f64;
            format!("<trkpt lat=\"48.1\" lon=\"{lon}\"><time>{time}</time></trkpt>")
        };
        let points: String = (0..180).map(point).collect();
        format!("<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>").into_bytes()
    };
    let mut files: Vec<(String, Vec<u8>)> = (10..15)
        .map(|day| {
            (
                format!("{day}.gpx"),
                gpx(&format!("2025-03-{day}T07:00:00Z")),
            )
        })
        .collect();
    files.push(("2025-03-18 easy.gpx".into(), gpx("1989-12-31T06:00:00Z")));
    files.push(("2025-03-19 easy.gpx".into(), gpx("2005-08-03T06:00:00Z")));
    files.push(("lost.gpx".into(), gpx("1989-12-30T06:00:00Z")));
    files.push(("fallen.gpx".into(), gpx("2005-08-04T06:00:00Z")));
    let files: Vec<(&str, Vec<u8>)> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.clone()))
        .collect();
    let merged = read(&files);
    let days: Vec<String> = merged
        .runs
        .iter()
        .map(|run| run.local_date().format("%d").to_string())
        .collect();
    assert_eq!(days, ["10", "11", "12", "13", "14", "18", "19"]);
    let of = |code: Code, word: &str| {
        let told = problems(&merged).into_iter();
        let told = told.filter(|problem| problem.code == code && problem.detail.contains(word));
        told.count()
    };
    assert_eq!(
        of(Code::DayAssumed, "the name of the file says 2025-03-1"),
        2
    );
    assert_eq!(of(Code::ClockWrong, "m in 30 min): its clock was wrong"), 1);
    assert_eq!(of(Code::ClockWrong, "would make it 2025-03-20"), 1);
}

#[test]
fn the_word_of_the_file_stays_beside_what_it_was_taken_for() {
    let points = |day: i64, step_m: f64| {
        let point = |s: i64| trkpt(86_400 * day + s, step_m * s as f64, "");
        let points: String = (0..1801).map(point).collect();
        format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>").into_bytes()
    };
    let merged = read(&[("run.gpx", points(0, 3.0)), ("walk.gpx", points(1, 1.3))]);
    let said = |row: &Run| {
        (
            row.sport.is_running(),
            row.sport_recorded,
            row.sport_source.as_str(),
        )
    };
    let said: Vec<_> = merged.runs.iter().chain(&merged.others).map(said).collect();
    let open = Sport::UNKNOWN;
    assert_eq!(said, [(true, open, "movement"), (false, open, "movement")]);
}

/// A pool swim whose totals of time are three hundred times the time recorded.
#[test]
fn what_cannot_be_of_a_swim_is_told_too() {
    let points = (0..=2353)
        .step_by(3)
        .map(|s| trackpoint(&stamp(s), s as f64, ""));
    let totals = "<TotalTimeSeconds>682555</TotalTimeSeconds><DistanceMeters>2353</DistanceMeters>";
    let swim = tcx_activity(&stamp(0), totals, points).replace("Running", "Swimming");
    let merged = read(&[("swim.tcx", tcx(&swim))]);
    let swim = &merged.others[0];
    assert_eq!(
        (swim.sport.0, swim.timer_s, swim.elapsed_s),
        ("swimming", Some(2352.0), Some(2352.0))
    );
    let told = problems(&merged).into_iter();
    let told: Vec<&str> = told
        .filter(|problem| problem.code == Code::TimeMismatch)
        .map(|problem| problem.detail.as_str())
        .collect();
    assert!(told.len() == 1 && told[0].contains("682555"), "{told:?}");
}
