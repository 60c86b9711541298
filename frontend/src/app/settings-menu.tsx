/* Looks, keys, the API reference, and the way out. */
import { useNavigate } from "react-router";
import { useLogOutMutation } from "../api/auth";
import { mayAdmin, selectSession } from "../api/session";
import { paths } from "../lib/paths";
import { IconButton } from "../ui/button";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuSwitch, MenuText } from "../ui/menu";
import { Key } from "../ui/notice";
import { opened } from "./overlay";
import { amountsHidden, themeChosen } from "./prefs";
import { useAppDispatch, useAppSelector } from "./store";

export function SettingsMenu() {
	const dispatch = useAppDispatch(),
		navigate = useNavigate();
	const { theme, hideAmounts } = useAppSelector((state) => state.prefs);
	const { user, tenant, role } = useAppSelector(selectSession);
	const [logOut] = useLogOutMutation();
	return (
		<Menu trigger={<IconButton icon="user" label="Settings" />}>
			<MenuText>
				<p className="font-medium">{user?.name}</p>
				<p className="text-xs text-ink-3">{tenant?.name}</p>
			</MenuText>
			<MenuLine />
			<MenuChoice
				label="Theme"
				value={theme}
				onChange={(next) => dispatch(themeChosen(next))}
				options={[
					{ value: "system", label: "As the system", icon: "screen" },
					{ value: "light", label: "Light", icon: "sun" },
					{ value: "dark", label: "Dark", icon: "moon" },
				]}
			/>
			<MenuLine />
			<MenuSwitch
				icon={hideAmounts ? "hidden" : "eye"}
				checked={hideAmounts}
				onChange={(on) => dispatch(amountsHidden(on))}
			>
				Hide amounts
			</MenuSwitch>
			<MenuItem icon="keyboard" note={<Key>?</Key>} onSelect={() => dispatch(opened({ name: "keys" }))}>
				Keys
			</MenuItem>
			<MenuItem
				icon="external"
				onSelect={() => {
					open(paths.docs, "_blank", "noopener");
				}}
			>
				API reference
			</MenuItem>
			<MenuItem icon="clock" onSelect={() => void navigate(paths.jobs)}>
				Jobs
			</MenuItem>
			{mayAdmin(role) && (
				<MenuItem icon="plug" onSelect={() => void navigate(paths.providers)}>
					Providers
				</MenuItem>
			)}
			<MenuLine />
			<MenuItem icon="out" onSelect={() => void logOut()}>
				Log out
			</MenuItem>
		</Menu>
	);
}
