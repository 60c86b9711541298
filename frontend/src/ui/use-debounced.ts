import { useEffect, useState } from "react";

export function useDebounced<T>(value: T, wait_ms: number): T {
	const [settled, setSettled] = useState(value);
	useEffect(() => {
		const timer = setTimeout(() => {
			setSettled(value);
		}, wait_ms);
		return () => {
			clearTimeout(timer);
		};
	}, [value, wait_ms]);
	return settled;
}
